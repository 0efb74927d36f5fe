package dunlin.host.checkpoint.onnx;

/** The elements that a graph may make while it is evaluated: so many for each byte of its file. */
final class Room {
  private static final long LEAST = 1 << 14;
  private static final long PER_BYTE = 8;

  private long left;

  /**
   * @param bytes of the model's files
   */
  Room(long bytes) {
    left = LEAST + PER_BYTE * bytes;
  }

  boolean has(int... dims) {
    return size(dims) <= left;
  }

  void take(int... dims) {
    left -= size(dims);
  }

  private long size(int... dims) {
    long size = 1;
    for (int extent : dims) {
      size = extent < 0 ? Long.MAX_VALUE : Math.min(size * extent, Integer.MAX_VALUE + 1L);
    }
    return Math.max(size, 1);
  }
}
