package dunlin.kernels;

/**
 * The keys and values of one block for every position so far: int8 with a {@link CacheScale} for
 * each position and KV head. Values are stored transposed, so that both products of attention run
 * over neighbouring bytes.
 *
 * <pre>
 * keys         int8   [KV][S][P']   P' = P padded to a multiple of four
 * values       int8   [KV][P][S']   S' = S padded to a multiple of four
 * key scales   uint16 [KV][S']
 * value scales uint16 [KV][S']
 * </pre>
 *
 * What pads is never written: it meets a query or a weight of zero. S is the capacity in positions,
 * P the head size, KV the number of KV heads on this node.
 */
public final class KvCache {
  private KvCache() {}

  /** Bytes for one block. */
  public static int bytes(int kvHeads, int headSize, int capacity) {
    return valueScales(0, kvHeads, headSize, capacity)
        + kvHeads * (LinearDsp.padded(capacity) << 1);
  }

  static int keys(int cache, int head, int headSize, int capacity) {
    return cache + head * capacity * LinearDsp.padded(headSize);
  }

  static int values(int cache, int kvHeads, int head, int headSize, int capacity) {
    return keys(cache, kvHeads, headSize, capacity) + head * headSize * LinearDsp.padded(capacity);
  }

  static int keyScales(int cache, int kvHeads, int headSize, int capacity) {
    return values(cache, kvHeads, kvHeads, headSize, capacity);
  }

  static int valueScales(int cache, int kvHeads, int headSize, int capacity) {
    return keyScales(cache, kvHeads, headSize, capacity)
        + kvHeads * (LinearDsp.padded(capacity) << 1);
  }

  /**
   * Writes the key of one position.
   *
   * @param cache the block's cache
   * @param x int32 [KV × P] in fixed point, |x| &lt; 2^30
   * @param position 0 to capacity - 1
   */
  public static void writeKey(
      byte[] cache,
      int cacheAt,
      byte[] x,
      int xAt,
      int position,
      int kvHeads,
      int headSize,
      int capacity) {
    int rowBytes = LinearDsp.padded(headSize);
    int scales = keyScales(cacheAt, kvHeads, headSize, capacity);
    for (int head = 0; head < kvHeads; head++) {
      int from = xAt + head * (headSize << 2);
      int scale = CacheScale.of(DynamicInt8.peak(x, from, headSize));
      int to = keys(cacheAt, head, headSize, capacity) + position * rowBytes;
      DynamicInt8.row(x, from, cache, to, headSize, CacheScale.peak(scale));
      Dsp.store16(cache, scales + ((head * LinearDsp.padded(capacity) + position) << 1), scale);
    }
  }

  /** Writes the value of one position; parameters as in {@link #writeKey}. */
  public static void writeValue(
      byte[] cache,
      int cacheAt,
      byte[] x,
      int xAt,
      int position,
      int kvHeads,
      int headSize,
      int capacity) {
    int stride = LinearDsp.padded(capacity);
    int scales = valueScales(cacheAt, kvHeads, headSize, capacity);
    for (int head = 0; head < kvHeads; head++) {
      int from = xAt + head * (headSize << 2);
      int scale = CacheScale.of(DynamicInt8.peak(x, from, headSize));
      int to = values(cacheAt, kvHeads, head, headSize, capacity) + position;
      column(x, from, cache, to, headSize, stride, CacheScale.peak(scale));
      Dsp.store16(cache, scales + ((head * stride + position) << 1), scale);
    }
  }

  private static void column(
      byte[] x, int xAt, byte[] cache, int to, int count, int stride, int peak) {
    int shift = peak == 0 ? 0 : DynamicInt8.shift(peak);
    int multiplier = peak == 0 ? 0 : DynamicInt8.multiplier(peak);
    for (int i = 0; i < count; i++) {
      int v = Dsp.load32(x, xAt + (i << 2));
      cache[to + i * stride] = (byte) DynamicInt8.quantise(v, shift, multiplier);
    }
  }
}
