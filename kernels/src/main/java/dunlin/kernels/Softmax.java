package dunlin.kernels;

/** Attention's weights: 2^(score - max) from a table, and their sum. */
@Unchecked
final class Softmax {
  private Softmax() {}

  /**
   * Turns scores into weights, Q30, in place.
   *
   * @param z int32 [count], {@link Attention#SCORE_BITS} fraction bits
   * @param table exponent table
   * @return the sum of the weights, Q30, shifted right by {@link #sumShift}
   */
  static int weights(byte[] z, int zAt, byte[] table, int tAt, int count, int max) {
    int shift = sumShift(count);
    int sum = 0;
    int at = zAt;
    for (int j = count; j > 0; j--) {
      int distance = max - Dsp.load32(z, at);
      int power = distance >>> Attention.SCORE_BITS;
      int fraction = distance & (1 << Attention.SCORE_BITS) - 1;
      int weight = Dsp.loadU16(table, tAt + (fraction << 1)) << 15 >> (power > 31 ? 31 : power);
      Dsp.store32(z, at, weight);
      sum += weight >> shift;
      at += 4;
    }
    return sum;
  }

  /** Halvings that keep the sum of {@code count} Q30 weights in a word. */
  static int sumShift(int count) {
    return 31 - Dsp.leadingZeros(count);
  }

  /** Bits that a weight gives up so that the sum of all, times 127, fits an accumulator. */
  static int headroom(int sum, int count) {
    int bits = sumShift(count) - 7 - Dsp.leadingZeros(sum);
    return bits < 0 ? 0 : bits;
  }
}
