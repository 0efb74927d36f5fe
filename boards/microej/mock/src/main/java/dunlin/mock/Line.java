package dunlin.mock;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * A wire, which is TCP: {@code 5000} waits for the other end at that port of this computer, {@code
 * localhost:5000} is the other end. An end may come and go; as much as a queue holds waits for it.
 */
public final class Line {
  /** Bytes that come without anybody looking; the sender of more has to wait. */
  static final int QUEUE = 1023;

  private static final int RETRY_MILLIS = 100;

  private final String place;
  private final Object bell;
  private final BlockingQueue<Byte> received = new ArrayBlockingQueue<>(QUEUE);
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
  private ServerSocket server;
  private OutputStream out;
  private boolean open;

  /**
   * A wire that is not there yet.
   *
   * @param place as above; null is nowhere
   * @param bell all who wait on it are told of each byte
   */
  Line(String place, Object bell) {
    this.place = place;
    this.bell = bell;
  }

  /** Connects it, as soon as there is another end; nothing where it is open. */
  public synchronized void open() {
    if (open || place == null) {
      return;
    }
    open = true;
    int colon = place.indexOf(':');
    if (colon < 0) {
      try {
        int port = Integer.parseInt(place);
        server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
      } catch (IOException e) {
        throw new UncheckedIOException("port " + place + " of this computer", e);
      }
    }
    Thread thread = new Thread(this::serve, "dunlin line " + place);
    thread.setDaemon(true);
    thread.start();
  }

  private void serve() {
    try {
      while (true) {
        connect();
        Thread.sleep(RETRY_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void connect() throws InterruptedException {
    try (Socket socket = socket()) {
      socket.setTcpNoDelay(true);
      sendTo(socket.getOutputStream());
      listen(socket.getInputStream());
    } catch (IOException e) {
      // Nobody is there, or not any more: it is tried again.
    } finally {
      disconnected();
    }
  }

  private Socket socket() throws IOException {
    int colon = place.indexOf(':');
    return colon < 0
        ? server.accept()
        : new Socket(place.substring(0, colon), Integer.parseInt(place.substring(colon + 1)));
  }

  private void listen(InputStream in) throws IOException, InterruptedException {
    for (int octet = in.read(); octet >= 0; octet = in.read()) {
      received.put((byte) octet);
      synchronized (bell) {
        bell.notifyAll();
      }
    }
  }

  /** Bytes that have come. */
  public int available() {
    return received.size();
  }

  /** Takes bytes that have come, {@code max} at the most; how many. */
  public int receive(byte[] into, int offset, int max) {
    int count = 0;
    while (count < max && !received.isEmpty()) {
      into[offset + count++] = received.remove();
    }
    return count;
  }

  private synchronized void sendTo(OutputStream other) throws IOException {
    waiting.writeTo(other);
    waiting.reset();
    out = other;
  }

  private synchronized void disconnected() {
    out = null;
  }

  /** Sends bytes. */
  public synchronized void send(byte[] from, int offset, int count) {
    try {
      if (out != null) {
        out.write(from, offset, count);
      } else if (waiting.size() + count <= QUEUE) {
        waiting.write(from, offset, count);
      }
    } catch (IOException e) {
      out = null;
    }
  }
}
