package dunlin.kernels;

/** The mean of int32 values, without a division. */
@Unchecked
final class Mean {
  private Mean() {}

  /**
   * sum / count, at most 4 + 2^-21 of the largest value from it.
   *
   * @param sum of {@code count} int32 values
   * @param inverse {@link Scale}: 1 / count
   * @param count 1 to 2^16
   */
  static int of(long sum, int inverse, int count) {
    int bits = 32 - Dsp.leadingZeros(count - 1);
    // The inverse's mantissa is 1 / count · 2^(30 + bits), whatever the count.
    return Dsp.mulHigh((int) (sum >> bits), Scale.mantissa31(inverse)) << 2;
  }
}
