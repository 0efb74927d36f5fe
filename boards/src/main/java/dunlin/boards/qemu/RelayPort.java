package dunlin.boards.qemu;

import java.io.IOException;
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

  /** Queues a copy of {@code bytes} for the UART, also before it is connected. */
  synchronized void send(ByteBuffer bytes) {
    sent += bytes.remaining();
    toSend.add(copy(bytes));
    askToWrite();
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
        receive((SocketChannel) key.channel(), buffer);
      }
      if (key.isValid() && key.isWritable()) {
        flush((SocketChannel) key.channel());
      }
    } catch (IOException e) {
      key.cancel(); // the board is gone; who waits for it will say so
    }
  }

  private void accept(ServerSocketChannel server) throws IOException {
    SocketChannel channel = server.accept();
    server.close();
    channel.configureBlocking(false);
    connection = channel.register(selector, SelectionKey.OP_READ, this);
    askToWrite();
  }

  private void receive(SocketChannel channel, ByteBuffer buffer) throws IOException {
    buffer.clear();
    if (channel.read(buffer) < 0) {
      channel.close();
      return;
    }
    receiver.accept(buffer.flip());
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
