package dunlin.boards.qemu;

import dunlin.boards.Trap;
import dunlin.boards.UnboundedPort;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The host's end of a serial line to an emulated board. */
public final class HostLine extends UnboundedPort {
  /** More characters than a trap's line has. */
  private static final int LINE = 80;

  private final RelayPort port;
  private long total;
  private final StringBuilder lastText = new StringBuilder();
  private Trap trap;

  HostLine(RelayPort port) {
    this.port = port;
    port.deliverTo(this::receive);
  }

  private synchronized void receive(ByteBuffer bytes) {
    byte[] piece = new byte[bytes.remaining()];
    bytes.get(piece);
    watch(new String(piece, StandardCharsets.ISO_8859_1));
    keep(piece, 0, piece.length);
    total += piece.length;
    notifyAll();
  }

  /** Looks for what a board writes after a trap: the line may come in pieces. */
  private void watch(String text) {
    lastText.append(text);
    Trap.last(lastText)
        .ifPresent(
            found -> {
              trap = found;
              lastText.setLength(0);
            });
    lastText.delete(0, Math.max(0, lastText.length() - LINE));
  }

  /** The trap that the board told of since this was called last. */
  public synchronized Optional<Trap> takeTrap() {
    Optional<Trap> taken = Optional.ofNullable(trap);
    trap = null;
    return taken;
  }

  /**
   * Waits until {@code bytes} bytes can be read; false where they do not come in time, or where the
   * board tells of a trap.
   */
  public synchronized boolean await(int bytes, long millis) {
    long deadline = System.nanoTime() + millis * 1_000_000;
    try {
      while (available() < bytes || trap != null) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0 || trap != null) {
          return false;
        }
        wait(left);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Bytes that have arrived since the line was there. */
  public synchronized long total() {
    return total;
  }

  @Override
  public int write(byte[] from, int offset, int count) {
    port.send(ByteBuffer.wrap(from, offset, count));
    return count;
  }
}
