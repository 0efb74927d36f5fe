package dunlin.kernels;

/**
 * From products of a query with all keys to int16 weights, not divided by their sum: 2^(score -
 * max) from a table.
 */
@Unchecked
final class SoftmaxInt16 {
  /** A weight below 2^-16 is nothing: distances end here. */
  private static final int DISTANCE_BITS = 14;

  private static final int FRACTION_BITS = 10;

  private SoftmaxInt16() {}

  /**
   * Turns one row of products into expanded weights ({@link LinearDsp}), zeros behind the last.
   *
   * @param z int32 [count], at least one
   * @param multiplier score units of a product, as {@link SelfAttention} has it
   * @param table exponent table
   * @param to where the first group goes: at most where its products lie
   * @param step bytes from a group to the next, at most those of its products
   * @return the sum of the weights
   */
  static int weights(
      byte[] z, int zAt, int count, int multiplier, byte[] table, int tAt, int to, int step) {
    int max = largest(z, zAt, count);
    int sum = 0;
    int at = zAt;
    int out = to;
    int left = count;
    for (; left > 3; left -= 4) {
      int w0 = weight(max - Dsp.load32(z, at), multiplier, table, tAt);
      int w1 = weight(max - Dsp.load32(z, at + 4), multiplier, table, tAt);
      int w2 = weight(max - Dsp.load32(z, at + 8), multiplier, table, tAt);
      int w3 = weight(max - Dsp.load32(z, at + 12), multiplier, table, tAt);
      sum += w0 + w1 + w2 + w3;
      Dsp.store32(z, out, w0 | w2 << 16);
      Dsp.store32(z, out + 4, w1 | w3 << 16);
      at += 16;
      out += step;
    }
    if (left > 0) {
      int w0 = weight(max - Dsp.load32(z, at), multiplier, table, tAt);
      int w1 = left > 1 ? weight(max - Dsp.load32(z, at + 4), multiplier, table, tAt) : 0;
      int w2 = left > 2 ? weight(max - Dsp.load32(z, at + 8), multiplier, table, tAt) : 0;
      sum += w0 + w1 + w2;
      Dsp.store32(z, out, w0 | w2 << 16);
      Dsp.store32(z, out + 4, w1);
    }
    return sum;
  }

  private static int largest(byte[] z, int zAt, int count) {
    int max = Integer.MIN_VALUE;
    int at = zAt;
    for (int left = count; left > 0; left--) {
      int product = Dsp.load32(z, at);
      max = product > max ? product : max;
      at += 4;
    }
    return max;
  }

  private static int weight(int distance, int multiplier, byte[] table, int tAt) {
    int d = Dsp.saturateUnsigned(Dsp.mulHigh(distance, multiplier), DISTANCE_BITS);
    int entry = d & (1 << FRACTION_BITS) - 1;
    return Dsp.loadU16(table, tAt + (entry << 1)) >> (d >>> FRACTION_BITS);
  }
}
