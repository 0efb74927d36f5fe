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

  /** Bytes of scratch: a score for each position, and one expanded query. */
  public static int scratchBytes(int headSize, int capacity) {
    return (LinearDsp.padded(capacity) << 2) + (LinearDsp.padded(headSize) << 1);
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
    int capacity = Dsp.load32(p, pAt + CAPACITY);
    int bits = Dsp.load32(p, pAt + OUTPUT_BITS);
    int stride = LinearDsp.padded(capacity);
    int elementBytes = bits > 8 ? 2 : 1;
    int keyScales = KvCache.keyScales(cacheAt, kvHeads, headSize, capacity);
    int valueScales = KvCache.valueScales(cacheAt, kvHeads, headSize, capacity);
    int query = qAt;
    int out = yAt;
    for (int row = 0; row < rows; row++) {
      int count = position + row + 1;
      int peaks = query + LinearDsp.padded(heads * headSize);
      for (int head = 0; head < heads; head++) {
        int kv = head * kvHeads / heads;
        int ks = keyScales + kv * (stride << 1);
        int vs = valueScales + kv * (stride << 1);
        int expanded = sAt + (stride << 2);
        LinearDsp.expandInt8(q, query + head * headSize, scratch, expanded, 1, headSize);
        int peak = Dsp.load32(q, peaks + (head << 2));
        int scale =
            peak == 0 ? 0 : Scale.multiply(Scale.of(peak, 0), Dsp.load32(p, pAt + SCORE_UNIT));
        int keys = KvCache.keys(cacheAt, kv, headSize, capacity);
        int max = scores(cache, keys, ks, scratch, sAt, expanded, count, headSize, scale);
        int sum = weights(scratch, sAt, table, tAt, count, max);
        int exponent = CacheScale.exponent(largest(cache, vs, count)) + headroom(sum, count);
        scaleWeights(cache, vs, scratch, sAt, count, exponent);
        int total = Scale.of(sum, sumShift(count) - 15);
        int unit = Scale.multiply(Dsp.load32(p, pAt + CONTEXT_UNIT), Scale.reciprocal(total));
        int values = KvCache.values(cacheAt, kvHeads, kv, headSize, capacity);
        context(
            cache,
            values,
            stride,
            scratch,
            sAt,
            count,
            y,
            out,
            headSize,
            Scale.shift(unit, exponent),
            bits);
        out += headSize * elementBytes;
      }
      query = peaks + (heads << 2);
    }
  }

  /**
   * Scores of one query head over {@code count} positions, int32 to {@code z}.
   *
   * @return the largest
   */
  private static int scores(
      byte[] cache,
      int keys,
      int keyScales,
      byte[] scratch,
      int z,
      int query,
      int count,
      int headSize,
      int scale) {
    int left = Dsp.leadingZeros(16129 * headSize) - 1;
    int mantissa = Scale.mantissa31(scale);
    int shift = left - 44 - Scale.exponent31(scale);
    int rowBytes = LinearDsp.padded(headSize) << 1;
    int k = keys;
    int max = Integer.MIN_VALUE;
    for (int j = 0; j < count; j++) {
      int dot = 0;
      for (int x = query, end = query + rowBytes; x < end; x += 8) {
        int word = Dsp.load32(cache, k);
        dot = Dsp.smlad(Dsp.sxtb16(word), Dsp.load32(scratch, x), dot);
        dot = Dsp.smlad(Dsp.sxtb16ror8(word), Dsp.load32(scratch, x + 4), dot);
        k += 4;
      }
      int ks = Dsp.loadU16(cache, keyScales + (j << 1));
      int right = shift - CacheScale.exponent(ks);
      right = right < 0 ? 0 : right > 31 ? 31 : right;
      int multiplier = Dsp.mulHigh(mantissa, CacheScale.mantissa(ks) << 20);
      int score = Dsp.mulHigh(dot << left, multiplier) >> right;
      Dsp.store32(scratch, z + (j << 2), score);
      max = score > max ? score : max;
    }
    return max;
  }

  private static int largest(byte[] cache, int scales, int count) {
    int max = 0;
    for (int at = scales, end = scales + (count << 1); at < end; at += 2) {
      int scale = Dsp.loadU16(cache, at);
      max = scale > max ? scale : max;
    }
    return max;
  }

  /** Halvings that keep the sum of {@code count} Q30 weights in a word. */
  private static int sumShift(int count) {
    return 31 - Dsp.leadingZeros(count);
  }

  /**
   * Turns scores into weights, Q30, in place.
   *
   * @return the sum of the weights, Q30, shifted right by {@link #sumShift}
   */
  private static int weights(byte[] scratch, int z, byte[] table, int tAt, int count, int max) {
    int shift = sumShift(count);
    int sum = 0;
    for (int at = z, end = z + (count << 2); at < end; at += 4) {
      int distance = max - Dsp.load32(scratch, at);
      int power = distance >>> SCORE_BITS;
      int fraction = distance & (1 << SCORE_BITS) - 1;
      int weight = power > 30 ? 0 : Dsp.loadU16(table, tAt + (fraction << 1)) << 15 >> power;
      Dsp.store32(scratch, at, weight);
      sum += weight >> shift;
    }
    return sum;
  }

  /** Bits that a weight gives up so that the sum of all, times 127, fits an accumulator. */
  private static int headroom(int sum, int count) {
    int bits = sumShift(count) - 7 - Dsp.leadingZeros(sum);
    return bits < 0 ? 0 : bits;
  }

  /**
   * Multiplies weights by their values' scales: int16, in the order of expanded activations ({@link
   * LinearDsp}), over the weights that have been read. A weight of one for a value of peak
   * 2^(11+exponent) is 2^15.
   */
  private static void scaleWeights(
      byte[] cache, int valueScales, byte[] scratch, int z, int count, int exponent) {
    int padded = LinearDsp.padded(count);
    for (int j = 0; j < padded; j++) {
      int weight = 0;
      if (j < count) {
        int vs = Dsp.loadU16(cache, valueScales + (j << 1));
        int right = 14 + exponent - CacheScale.exponent(vs);
        right = right > 31 ? 31 : right;
        weight = Dsp.mulHigh(Dsp.load32(scratch, z + (j << 2)), CacheScale.mantissa(vs) << 20);
        weight = (weight + (1 << (right - 1))) >> right;
      }
      // 0, 1, 2, 3 of a group go to halfwords 0, 2, 1, 3: always behind the next weight to read.
      int slot = (j & ~3) | (j & 1) << 1 | (j & 2) >> 1;
      Dsp.store16(scratch, z + (slot << 1), weight);
    }
  }

  /** The weighted sum of the values, one channel after the other. */
  private static void context(
      byte[] cache,
      int values,
      int stride,
      byte[] scratch,
      int weights,
      int count,
      byte[] y,
      int yAt,
      int headSize,
      int unit,
      int bits) {
    int mantissa = Scale.mantissa31(unit);
    int shift = clamped(-32 - Scale.exponent31(unit));
    int bytes = LinearDsp.padded(count) << 1;
    int out = yAt;
    for (int d = 0; d < headSize; d++) {
      int acc = 0;
      int v = values + d * stride;
      for (int w = weights, end = weights + bytes; w < end; w += 8) {
        int word = Dsp.load32(cache, v);
        acc = Dsp.smlad(Dsp.sxtb16(word), Dsp.load32(scratch, w), acc);
        acc = Dsp.smlad(Dsp.sxtb16ror8(word), Dsp.load32(scratch, w + 4), acc);
        v += 4;
      }
      int value = Requantise.saturating(acc, mantissa, shift, bits);
      if (bits > 8) {
        Dsp.store16(y, out, value);
        out += 2;
      } else {
        y[out++] = (byte) value;
      }
    }
  }

  /** Shifts beyond ±31 give what ±31 give: zero, or a saturated context. */
  private static int clamped(int shift) {
    return shift > 31 ? 31 : shift < -31 ? -31 : shift;
  }
}
