package dunlin.kernels;

/** Attention's scores: what products of int8 queries and keys are worth. */
@Unchecked
final class Scores {
  private Scores() {}

  /**
   * Turns the products of one query with {@code count} keys into scores, in place.
   *
   * @param keyScales where the keys' {@link CacheScale}s lie in {@code cache}
   * @param z int32 [count]
   * @param scale {@link Scale}: score units of a product of the query with a key of peak one
   * @return the largest score
   */
  static int scale(
      byte[] cache, int keyScales, byte[] z, int zAt, int count, int headSize, int scale) {
    int left = Dsp.leadingZeros(16129 * headSize) - 1;
    int mantissa = Scale.mantissa31(scale);
    int shift = left - 44 - Scale.exponent31(scale);
    int max = Integer.MIN_VALUE;
    int at = zAt;
    int key = keyScales;
    for (int j = count; j > 0; j--) {
      int ks = Dsp.loadU16(cache, key);
      int right = Dsp.saturateUnsigned(shift - CacheScale.exponent(ks), 5);
      int multiplier = Dsp.mulHigh(mantissa, CacheScale.mantissa(ks) << 20);
      int score = Dsp.mulHigh(Dsp.load32(z, at) << left, multiplier) >> right;
      Dsp.store32(z, at, score);
      max = score > max ? score : max;
      at += 4;
      key += 2;
    }
    return max;
  }
}
