package dunlin.hal.emulated;

/** First in, first out, up to a limit; the memory grows with what is in it. */
final class ByteQueue {
  /** A limit that is none. */
  static final int UNLIMITED = Integer.MAX_VALUE - 8;

  private final int limit;
  private byte[] ring = new byte[0];
  private int head;
  private int size;

  ByteQueue(int limit) {
    this.limit = limit;
  }

  int limit() {
    return limit;
  }

  int size() {
    return size;
  }

  int room() {
    return limit - size;
  }

  /** Adds {@code count} bytes, at most {@link #room}. */
  void add(byte[] from, int offset, int count) {
    if (count > ring.length - size) {
      grow(count);
    }
    int tail = head + size < ring.length ? head + size : head + size - ring.length;
    int first = Math.min(count, ring.length - tail);
    System.arraycopy(from, offset, ring, tail, first);
    System.arraycopy(from, offset + first, ring, 0, count - first);
    size += count;
  }

  /** Takes {@code count} bytes, at most {@link #size}. */
  void remove(byte[] into, int offset, int count) {
    int first = Math.min(count, ring.length - head);
    System.arraycopy(ring, head, into, offset, first);
    System.arraycopy(ring, 0, into, offset + first, count - first);
    drop(count);
  }

  /** Moves {@code count} bytes to {@code to}: at most {@link #size} and its {@link #room}. */
  void moveTo(ByteQueue to, int count) {
    int first = Math.min(count, ring.length - head);
    to.add(ring, head, first);
    to.add(ring, 0, count - first);
    drop(count);
  }

  /** Forgets the oldest {@code count} bytes, at most {@link #size}. */
  void drop(int count) {
    int wrap = ring.length - head;
    head = count < wrap ? head + count : count - wrap;
    size -= count;
  }

  private void grow(int count) {
    int capacity = (int) Math.min(limit, Math.max(64, 2L * (size + (long) count)));
    byte[] larger = new byte[capacity];
    int used = size;
    remove(larger, 0, used);
    ring = larger;
    head = 0;
    size = used;
  }
}
