package dunlin.host.run;

import dunlin.boards.UnboundedPort;
import dunlin.host.serial.SerialLine;
import java.util.concurrent.TimeUnit;

/** A serial line. What comes stays with the operating system until it is waited for. */
public final class SerialCable extends UnboundedPort implements Cable {
  /** More than a line that is fast brings while one waits. */
  private static final int BUFFER = 1 << 14;

  private final SerialLine line;
  private final byte[] piece = new byte[BUFFER];

  /** Takes over {@code line}. */
  public SerialCable(SerialLine line) {
    this.line = line;
  }

  @Override
  public boolean await(int bytes, int millis) {
    long deadline = line.nanoseconds() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (available() < bytes) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - line.nanoseconds());
      if (left <= 0) {
        return false;
      }
      keep(piece, 0, line.read(piece, 0, BUFFER, (int) left));
    }
    return true;
  }

  @Override
  public int write(byte[] from, int offset, int count) {
    line.write(from, offset, count);
    return count;
  }

  @Override
  public String name() {
    return line.name();
  }

  @Override
  public void close() {
    line.close();
  }
}
