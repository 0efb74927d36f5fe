package dunlin.boards;

import dunlin.hal.Port;
import java.util.Arrays;

/** A computer's end of a line: it has room for whatever comes, and takes whatever is sent. */
public abstract class UnboundedPort implements Port {
  private byte[] received = new byte[1 << 12];
  private int start;
  private int end;

  /** Keeps bytes that have come until they are read. */
  protected final synchronized void keep(byte[] bytes, int offset, int count) {
    if (end + count > received.length) {
      received = Arrays.copyOfRange(received, start, Math.max(2 * received.length, end + count));
      end -= start;
      start = 0;
    }
    System.arraycopy(bytes, offset, received, end, count);
    end += count;
  }

  /** Takes all that has come. */
  public final synchronized byte[] takeAll() {
    byte[] bytes = Arrays.copyOfRange(received, start, end);
    start = end;
    return bytes;
  }

  @Override
  public final synchronized int available() {
    return end - start;
  }

  @Override
  public final synchronized int read(byte[] into, int offset, int max) {
    int count = Math.min(max, available());
    System.arraycopy(received, start, into, offset, count);
    start += count;
    return count;
  }

  @Override
  public final int writable() {
    return Integer.MAX_VALUE;
  }

  /** What is damaged on the line shows in frames only. */
  @Override
  public int errors() {
    return 0;
  }
}
