package dunlin.boards.qemu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/** One end of a serial line: the socket of one UART. */
final class RelayPort {
  private final Path path;
  private final Selector selector;
  private final Queue<ByteBuffer> toSend = new ArrayDeque<>();
  private SelectionKey connection;

  /** Whether the board that was connected is gone: what is sent to it is lost. */
  private boolean gone;

  private final Queue<ByteBuffer> unclaimed = new ArrayDeque<>();
  private Consumer<ByteBuffer> receiver = bytes -> unclaimed.add(copy(bytes));
  private long sent;

  RelayPort(Path path, Selector selector) throws IOException {
    this.path = path;
    this.selector = selector;
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT, this);
  }

  Path path() {
    return path;
  }

  /** What arrives here, and has arrived so far, goes to {@code receiver}. */
  synchronized void deliverTo(Consumer<ByteBuffer> receiver) {
    this.receiver = receiver;
    unclaimed.forEach(receiver);
    unclaimed.clear();
  }

  /** Wires two ends to each other. */
  static void wire(RelayPort a, RelayPort b) {
    a.deliverTo(b::send);
    b.deliverTo(a::send);
  }

  /** Queues a copy of {@code bytes} for the UART, also before it is first connected. */
  synchronized void send(ByteBuffer bytes) {
    sent += bytes.remaining();
    if (!gone) {
      toSend.add(copy(bytes));
      askToWrite();
    }
  }

  private static ByteBuffer copy(ByteBuffer bytes) {
    return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
  }

  /** Bytes queued for the UART so far. */
  synchronized long sent() {
    return sent;
  }

  /** Does what the selector found possible. */
  synchronized void serve(SelectionKey key, ByteBuffer buffer) {
    try {
      if (key.isValid() && key.isAcceptable()) {
        accept((ServerSocketChannel) key.channel());
      }
      if (key.isValid() && key.isReadable()) {
        receive(key, buffer);
      }
      if (key.isValid() && key.isWritable()) {
        flush((SocketChannel) key.channel());
      }
    } catch (IOException e) {
      disconnect(key); // who waits for the board will say so
    }
  }

  private void accept(ServerSocketChannel server) throws IOException {
    SocketChannel channel = server.accept();
    gone = false;
    channel.configureBlocking(false);
    connection = channel.register(selector, SelectionKey.OP_READ, this);
    askToWrite();
  }

  private void receive(SelectionKey key, ByteBuffer buffer) throws IOException {
    buffer.clear();
    if (((SocketChannel) key.channel()).read(buffer) < 0) {
      disconnect(key);
    } else {
      receiver.accept(buffer.flip());
    }
  }

  /** Forgets the board that was connected; the next one gets what is sent from now on. */
  synchronized void unplug() {
    if (connection != null) {
      disconnect(connection);
    }
    gone = false;
  }

  private void disconnect(SelectionKey key) {
    try {
      key.channel().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (key.equals(connection)) { // and not the board's that has taken its place
      connection = null;
      toSend.clear();
      gone = true;
    }
  }

  private void flush(SocketChannel channel) throws IOException {
    while (!toSend.isEmpty()) {
      channel.write(toSend.peek());
      if (toSend.peek().hasRemaining()) {
        return;
      }
      toSend.remove();
    }
    connection.interestOps(SelectionKey.OP_READ);
  }

  private void askToWrite() {
    if (connection != null && connection.isValid() && !toSend.isEmpty()) {
      connection.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
      selector.wakeup();
    }
  }
}
