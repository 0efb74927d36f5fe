package dunlin.kernels;

/** The mean of int32 values, without a division. */
@Unchecked
final class Mean {
  private Mean() {}

  /**
   * sum / count, rounded, and at most 2^-22 of itself from it.
   *
   * @param sum of {@code count} int32 values
   * @param inverse {@link Scale}: 1 / count
   * @param count 1 to 2^16
   */
  static int of(long sum, int inverse, int count) {
    // 1 / count · 2^(30 + bits), whatever the count.
    int mantissa = Scale.mantissa31(inverse);
    int bits = 32 - Dsp.leadingZeros(count - 1);
    long product = (sum >> 16) * mantissa + ((sum & 0xffff) * mantissa >> 16);
    return (int) (product + (1L << bits + 13) >> bits + 14);
  }
}
