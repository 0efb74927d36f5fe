package dunlin.boards.qemu;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Path;

/**
 * Serial lines between QEMUs: each UART is a unix socket, and one thread moves bytes from socket to
 * socket. Its queues have no bound: two boards that send at once, each stopped until its bytes are
 * taken, would otherwise wait for each other for ever.
 */
final class Relay implements Closeable {
  private final Selector selector;
  private final Thread thread;
  private volatile boolean closing;

  Relay() throws IOException {
    selector = Selector.open();
    thread = new Thread(this::run, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  /** A line's end, for a QEMU to connect to at {@code path}. */
  RelayPort listen(Path path) throws IOException {
    RelayPort port = new RelayPort(path, selector);
    selector.wakeup();
    return port;
  }

  private void run() {
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    try {
      while (!closing) {
        selector.select(key -> ((RelayPort) key.attachment()).serve(key, buffer));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    if (closing) {
      return;
    }
    closing = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
