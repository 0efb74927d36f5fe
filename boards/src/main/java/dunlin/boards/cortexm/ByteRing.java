package dunlin.boards.cortexm;

import dunlin.kernels.Copy;
import dunlin.kernels.Unchecked;

/**
 * A queue of bytes between an interrupt and the program: one end puts, the other takes, and neither
 * ever waits for the other.
 */
@Unchecked
public final class ByteRing {
  private final Processor processor;
  private final byte[] ring;

  /** Where the next byte goes; written by the end that puts. */
  private int head;

  /** Where the next byte comes from; written by the end that takes. */
  private int tail;

  /** A queue of {@code capacity} bytes: one place stays empty, or full would look like empty. */
  public ByteRing(Processor processor, int capacity) {
    this.processor = processor;
    ring = new byte[capacity + 1];
  }

  /** Bytes that it holds at most. */
  public int capacity() {
    return ring.length - 1;
  }

  /** Bytes that can be taken. */
  public int count() {
    processor.fence();
    int count = head - tail;
    return count < 0 ? count + ring.length : count;
  }

  /** Bytes that can be put. */
  public int free() {
    return ring.length - 1 - count();
  }

  /** Puts a byte; false where there is no room. */
  public boolean put(int value) {
    int at = head;
    int next = at + 1 == ring.length ? 0 : at + 1;
    boolean room = next != tail;
    if (room) {
      ring[at] = (byte) value;
      processor.fence();
      head = next;
    }
    return room;
  }

  /** Takes a byte as 0 to 255; only where {@link #count} is not 0. */
  public int take() {
    int at = tail;
    int value = ring[at] & 0xff;
    processor.fence();
    tail = at + 1 == ring.length ? 0 : at + 1;
    return value;
  }

  /** Puts as many bytes as there is room for; how many. */
  public int putAll(byte[] from, int offset, int count) {
    int n = Math.min(count, free());
    if (n == 0) {
      return 0;
    }
    int at = head;
    int straight = Math.min(n, ring.length - at);
    Copy.bytes(from, offset, ring, at, straight);
    Copy.bytes(from, offset + straight, ring, 0, n - straight);
    processor.fence();
    head = at + n < ring.length ? at + n : at + n - ring.length;
    return n;
  }

  /** Takes as many bytes as there are, at most {@code max}; how many. */
  public int takeAll(byte[] into, int offset, int max) {
    int n = Math.min(max, count());
    if (n == 0) {
      return 0;
    }
    int at = tail;
    int straight = Math.min(n, ring.length - at);
    Copy.bytes(ring, at, into, offset, straight);
    Copy.bytes(ring, 0, into, offset + straight, n - straight);
    processor.fence();
    tail = at + n < ring.length ? at + n : at + n - ring.length;
    return n;
  }
}
