package dunlin.host.run;

import dunlin.host.serial.SerialLine;
import java.util.concurrent.TimeUnit;

/** A serial line. What comes stays with the operating system until it is waited for. */
public final class SerialCable implements Cable {
  /** More than a line that is fast brings while one waits. */
  private static final int BUFFER = 1 << 14;

  private final SerialLine line;
  private final byte[] received = new byte[BUFFER];
  private int start;
  private int end;

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
      compact();
      end += line.read(received, end, BUFFER - end, (int) left);
    }
    return true;
  }

  private void compact() {
    System.arraycopy(received, start, received, 0, end - start);
    end -= start;
    start = 0;
  }

  @Override
  public int available() {
    return end - start;
  }

  @Override
  public int read(byte[] into, int offset, int max) {
    int count = Math.min(max, available());
    System.arraycopy(received, start, into, offset, count);
    start += count;
    return count;
  }

  @Override
  public int writable() {
    return Integer.MAX_VALUE;
  }

  @Override
  public int write(byte[] from, int offset, int count) {
    line.write(from, offset, count);
    return count;
  }

  /** Errors of the line show as damaged frames only. */
  @Override
  public int errors() {
    return 0;
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
