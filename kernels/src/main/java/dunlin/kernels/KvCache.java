package dunlin.kernels;

/**
 * The keys and values of one block for every position so far: int8 with a {@link CacheScale} for
 * each position and KV head. Values are stored transposed, so that both products of attention run
 * over neighbouring bytes.
 *
 * <pre>
 * keys         int8   [KV][S'][P'], packed   S' = S padded to a multiple of four
 * values       int8   [KV][P'][S'], packed   P' = P padded to a multiple of four
 * key scales   uint16 [KV][S']
 * value scales uint16 [KV][S']
 * </pre>
 *
 * Packed as {@link LinearDsp} has its weights: to it, a position is an output channel of the keys,
 * and an input channel of the values. What pads is never written: it meets a query or a weight of
 * zero, or adds to a sum that nobody reads. S is the capacity in positions, P the head size, KV the
 * number of KV heads on this node.
 */
@Unchecked
public final class KvCache {
  private KvCache() {}

  /** Bytes for one block. */
  public static int bytes(int kvHeads, int headSize, int capacity) {
    return valueScales(0, kvHeads, kvHeads, headSize, capacity);
  }

  static int keys(int cache, int head, int headSize, int capacity) {
    return cache + head * LinearDsp.weightBytes(headSize, capacity);
  }

  static int values(int cache, int kvHeads, int head, int headSize, int capacity) {
    return keys(cache, kvHeads + head, headSize, capacity);
  }

  static int keyScales(int cache, int kvHeads, int head, int headSize, int capacity) {
    return keys(cache, kvHeads << 1, headSize, capacity) + head * (LinearDsp.padded(capacity) << 1);
  }

  static int valueScales(int cache, int kvHeads, int head, int headSize, int capacity) {
    return keyScales(cache, kvHeads, kvHeads + head, headSize, capacity);
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
    for (int head = 0; head < kvHeads; head++) {
      int from = xAt + head * (headSize << 2);
      int scale = CacheScale.of(DynamicInt8.peak(x, from, headSize));
      int to = keys(cacheAt, head, headSize, capacity) + LinearDsp.offset(position, 0, headSize);
      scatter(x, from, cache, to, headSize, 1, 16, CacheScale.peak(scale));
      int scales = keyScales(cacheAt, kvHeads, head, headSize, capacity);
      Dsp.store16(cache, scales + (position << 1), scale);
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
    int block = LinearDsp.padded(capacity) << 2;
    for (int head = 0; head < kvHeads; head++) {
      int from = xAt + head * (headSize << 2);
      int scale = CacheScale.of(DynamicInt8.peak(x, from, headSize));
      int to =
          values(cacheAt, kvHeads, head, headSize, capacity)
              + LinearDsp.offset(0, position, capacity);
      scatter(x, from, cache, to, headSize, 4, block, CacheScale.peak(scale));
      int scales = valueScales(cacheAt, kvHeads, head, headSize, capacity);
      Dsp.store16(cache, scales + (position << 1), scale);
    }
  }

  /** Quantises a vector: its elements lie {@code near} bytes apart, groups of four {@code far}. */
  private static void scatter(
      byte[] x, int xAt, byte[] cache, int to, int count, int near, int far, int peak) {
    int shift = peak == 0 ? 0 : DynamicInt8.shift(peak);
    int multiplier = peak == 0 ? 0 : DynamicInt8.multiplier(peak);
    for (int i = 0; i < count; i++) {
      int v = Dsp.load32(x, xAt + (i << 2));
      int at = to + (i >> 2) * far + (i & 3) * near;
      cache[at] = (byte) DynamicInt8.quantise(v, shift, multiplier);
    }
  }
}
