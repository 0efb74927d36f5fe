package dunlin.kernels;

/**
 * Causal attention of one or more query rows over a {@link KvCache}, with grouped-query heads:
 * context = softmax(q·Kᵀ / √P) · V, each head on its own, in integers throughout.
 *
 * <p>Scores are in log2 units with {@value #SCORE_BITS} fraction bits; a weight is 2^(score - max)
 * from a table (no division, no exponential); the weights' sum divides once a head, and decides how
 * many bits each weight keeps.
 *
 * <p>Parameter block:
 *
 * <pre>
 *  0 query heads H on this node
 *  4 KV heads on this node; divides H
 *  8 head size P
 * 12 capacity S of the cache
 * 16 score unit     {@link Scale}: log2 units · 2^10 of q · k · peak(q) · peak(k)
 * 20 context unit   {@link Scale}: output steps of Σ w · v · 2^11, w in units of its sum
 * 24 output bits    8: context is int8; up to 16: context is int16, saturated to so many bits
 * </pre>
 *
 * Exponent table: uint16 [1024], entry i = round(2^15 · 2^(-i/1024)). Worst error against softmax
 * in double over the same int8 operands: of a weight 7e-4 relative and 2^-15 absolute; of a context
 * half an output step and (7e-4 + positions · 2^-15) of the largest |value|, which takes many
 * weights that all round the same way: for random scores and up to 2000 positions 4e-4. Scores must
 * stay within ±2^20.
 */
@Unchecked
public final class Attention {
  /** H. */
  public static final int HEADS = 0;

  /** KV heads. */
  public static final int KV_HEADS = 4;

  /** P. */
  public static final int HEAD_SIZE = 8;

  /** S. */
  public static final int CAPACITY = 12;

  /** Score unit. */
  public static final int SCORE_UNIT = 16;

  /** Context unit. */
  public static final int CONTEXT_UNIT = 20;

  /** Output bits. */
  public static final int OUTPUT_BITS = 24;

  /** Size of the parameter block. */
  public static final int BYTES = 28;

  /** Fraction bits of a score. */
  public static final int SCORE_BITS = 10;

  private Attention() {}

  /**
   * Bytes of scratch: for each of two heads that share keys and values, a score for each position,
   * an expanded query or its context's sums, and a scale.
   *
   * @param group query heads of a KV head
   */
  public static int scratchBytes(int group, int headSize, int capacity) {
    return together(group) * ((LinearDsp.padded(capacity) + LinearDsp.padded(headSize) << 2) + 4);
  }

  /** Of {@code heads} that share keys and values, those that are computed side by side. */
  private static int together(int heads) {
    return heads > 1 ? 2 : 1;
  }

  /** Bytes of the queries of {@code rows} rows: int8 elements, then the peak of each head. */
  public static int queryBytes(int heads, int headSize, int rows) {
    return rows * (LinearDsp.padded(heads * headSize) + (heads << 2));
  }

  /**
   * Quantises one row of turned queries: each head by its own maximum.
   *
   * @param x int32 [H × P] in fixed point
   * @param q one row of queries, written: int8 [H × P], then int32 peak [H]
   */
  public static void query(byte[] x, int xAt, byte[] q, int qAt, int heads, int headSize) {
    int peaks = qAt + LinearDsp.padded(heads * headSize);
    for (int head = 0; head < heads; head++) {
      int from = xAt + head * (headSize << 2);
      int peak = DynamicInt8.peak(x, from, headSize);
      DynamicInt8.row(x, from, q, qAt + head * headSize, headSize, peak);
      Dsp.store32(q, peaks + (head << 2), peak);
    }
  }

  /**
   * Attends with {@code rows} query rows; row r stands at {@code position + r} and sees all
   * positions up to its own.
   *
   * @param p parameter block
   * @param q queries, as {@link #query} writes them
   * @param cache keys and values up to position + rows - 1
   * @param y int8 or int16 [rows × H × P], written
   * @param table exponent table
   */
  public static void rows(
      byte[] p,
      int pAt,
      byte[] q,
      int qAt,
      byte[] cache,
      int cacheAt,
      byte[] y,
      int yAt,
      byte[] scratch,
      int sAt,
      byte[] table,
      int tAt,
      int position,
      int rows) {
    int heads = Dsp.load32(p, pAt + HEADS);
    int kvHeads = Dsp.load32(p, pAt + KV_HEADS);
    int headSize = Dsp.load32(p, pAt + HEAD_SIZE);
    int headBytes = headSize * (Dsp.load32(p, pAt + OUTPUT_BITS) > 8 ? 2 : 1);
    int group = heads / kvHeads;
    int query = qAt;
    int out = yAt;
    for (int row = 0; row < rows; row++) {
      int peaks = query + LinearDsp.padded(heads * headSize);
      int count = position + row + 1;
      for (int head = 0; head < heads; ) {
        int kv = head / group;
        int n = together((kv + 1) * group - head);
        int from = query + head * headSize;
        int peak = peaks + (head << 2);
        heads(
            p, pAt, q, from, peak, cache, cacheAt, kv, y, out, scratch, sAt, table, tAt, count, n);
        head += n;
        out += n * headBytes;
      }
      query = peaks + (heads << 2);
    }
  }

  /** The contexts of {@code n} heads that share keys and values. */
  private static void heads(
      byte[] p,
      int pAt,
      byte[] q,
      int qAt,
      int peaks,
      byte[] cache,
      int cacheAt,
      int kv,
      byte[] y,
      int yAt,
      byte[] scratch,
      int sAt,
      byte[] table,
      int tAt,
      int count,
      int n) {
    int kvHeads = Dsp.load32(p, pAt + KV_HEADS);
    int headSize = Dsp.load32(p, pAt + HEAD_SIZE);
    int capacity = Dsp.load32(p, pAt + CAPACITY);
    int positions = LinearDsp.padded(count);
    int headBytes = LinearDsp.padded(headSize) << 2;
    int vectors = sAt + n * (LinearDsp.padded(capacity) << 2);
    int units = vectors + n * headBytes;

    int keys = KvCache.keys(cacheAt, kv, headSize, capacity);
    LinearDsp.expandInt8(q, qAt, headSize, scratch, vectors, n, headSize);
    LinearDsp.products(
        cache, keys, headBytes, scratch, vectors, headSize, scratch, sAt, n, positions);

    int keyScales = KvCache.keyScales(cacheAt, kvHeads, kv, headSize, capacity);
    int valueScales = KvCache.valueScales(cacheAt, kvHeads, kv, headSize, capacity);
    int largest = CacheScale.exponent(ValueWeights.largest(cache, valueScales, count));
    for (int i = 0; i < n; i++) {
      int z = sAt + i * (positions << 2);
      int scale = scoreScale(Dsp.load32(q, peaks + (i << 2)), Dsp.load32(p, pAt + SCORE_UNIT));
      int max = Scores.scale(cache, keyScales, scratch, z, count, headSize, scale);
      int sum = Softmax.weights(scratch, z, table, tAt, count, max);
      int exponent = largest + Softmax.headroom(sum, count);
      int first = sAt + (i << 3);
      ValueWeights.expand(cache, valueScales, scratch, z, count, exponent, first, n << 3);
      int total = Scale.of(sum, Softmax.sumShift(count) - 15);
      int unit = Scale.multiply(Dsp.load32(p, pAt + CONTEXT_UNIT), Scale.reciprocal(total));
      Dsp.store32(scratch, units + (i << 2), Scale.shift(unit, exponent));
    }

    int values = KvCache.values(cacheAt, kvHeads, kv, headSize, capacity);
    LinearDsp.products(
        cache,
        values,
        LinearDsp.padded(capacity) << 2,
        scratch,
        sAt,
        count,
        scratch,
        vectors,
        n,
        headSize);
    int bits = Dsp.load32(p, pAt + OUTPUT_BITS);
    for (int i = 0; i < n; i++) {
      int sums = vectors + i * (headSize << 2);
      int out = yAt + i * (bits > 8 ? headSize << 1 : headSize);
      context(scratch, sums, y, out, headSize, Dsp.load32(scratch, units + (i << 2)), bits);
    }
  }

  /** {@link Scale} of a query's scores, for a key of peak one. */
  private static int scoreScale(int peak, int unit) {
    return peak == 0 ? 0 : Scale.multiply(Scale.of(peak, 0), unit);
  }

  /** Sums to output steps. */
  private static void context(
      byte[] acc, int accAt, byte[] y, int yAt, int headSize, int unit, int bits) {
    int mantissa = Scale.mantissa31(unit);
    int shift = clamped(-32 - Scale.exponent31(unit));
    for (int i = 0; i < headSize; i++) {
      int sum = Dsp.load32(acc, accAt + (i << 2));
      int value = Requantise.saturating(sum, mantissa, shift, bits);
      if (bits > 8) {
        Dsp.store16(y, yAt + (i << 1), value);
      } else {
        y[yAt + i] = (byte) value;
      }
    }
  }

  /** Shifts beyond ±31 give what ±31 give: zero, or a saturated context. */
  private static int clamped(int shift) {
    return shift > 31 ? 31 : shift < -31 ? -31 : shift;
  }
}
