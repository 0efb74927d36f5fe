package dunlin.kernels;

/** Attention's weights times their values' scales: what meets int8 values. */
@Unchecked
final class ValueWeights {
  private ValueWeights() {}

  /**
   * The largest of {@code count} scales.
   *
   * @param scales where they lie in {@code cache}, at a multiple of four
   */
  static int largest(byte[] cache, int scales, int count) {
    int max = 0;
    int at = scales;
    for (int pair = count >> 1; pair > 0; pair--) {
      int two = Dsp.load32(cache, at);
      int low = two & 0xffff;
      int high = two >>> 16;
      max = low > max ? low : max;
      max = high > max ? high : max;
      at += 4;
    }
    int last = (count & 1) == 0 ? 0 : Dsp.loadU16(cache, at);
    return last > max ? last : max;
  }

  /**
   * Turns Q30 weights into int16 in the order of expanded activations ({@link LinearDsp}), zeros
   * behind the last. A weight of one for a value of peak 2^(11+exponent) is 2^15.
   *
   * @param valueScales where the values' {@link CacheScale}s lie in {@code cache}
   * @param z int32 [count], and room up to a multiple of four
   * @param to where the first group goes: at most where its weights lie, or behind all of them
   * @param step bytes from a group to the next, at most those of its weights
   */
  static void expand(
      byte[] cache, int valueScales, byte[] z, int zAt, int count, int exponent, int to, int step) {
    for (int j = count; j < LinearDsp.padded(count); j++) {
      Dsp.store32(z, zAt + (j << 2), 0);
    }
    int shift = 13 + exponent;
    int at = zAt;
    int scales = valueScales;
    int out = to;
    for (int group = count + 3 >> 2; group > 0; group--) {
      int s01 = Dsp.load32(cache, scales);
      int s23 = Dsp.load32(cache, scales + 4);
      int w0 = weight(Dsp.load32(z, at), s01 & 0xffff, shift);
      int w1 = weight(Dsp.load32(z, at + 4), s01 >>> 16, shift);
      int w2 = weight(Dsp.load32(z, at + 8), s23 & 0xffff, shift);
      int w3 = weight(Dsp.load32(z, at + 12), s23 >>> 16, shift);
      Dsp.store32(z, out, w0 | w2 << 16);
      Dsp.store32(z, out + 4, w1 | w3 << 16);
      at += 16;
      scales += 8;
      out += step;
    }
  }

  /** weight · mantissa · 2^(scale's exponent - shift - 13), rounded halves up. */
  private static int weight(int weight, int scale, int shift) {
    int right = Dsp.saturateUnsigned(shift - CacheScale.exponent(scale), 5);
    int product = Dsp.mulHigh(weight, CacheScale.mantissa(scale) << 20);
    return (product >> right) + 1 >> 1;
  }
}
