package dunlin.kernels;

/** The residual stream: int32 fixed point, held by the root. */
@Unchecked
public final class Residual {
  private Residual() {}

  /**
   * Adds rows of exact sums to channels of the residual stream, each channel with its multiplier
   * ({@link Requantise}), saturating.
   *
   * @param acc int32 [rows × channels]
   * @param m int32 [channels]
   * @param bias int32 [channels] in units of the residual stream, or null
   * @param x int32 [rows × channels], updated
   * @param stride bytes from a row of x to the next
   */
  public static void add(
      byte[] acc,
      int accAt,
      byte[] m,
      int mAt,
      byte[] bias,
      int biasAt,
      byte[] x,
      int xAt,
      int rows,
      int channels,
      int stride,
      int left,
      int right) {
    int from = accAt;
    for (int row = 0; row < rows; row++) {
      int to = xAt + row * stride;
      for (int c = 0, end = channels << 2; c < end; c += 4) {
        int sum = Requantise.apply(Dsp.load32(acc, from), Dsp.load32(m, mAt + c), left, right);
        if (bias != null) {
          sum = Dsp.addSaturating(sum, Dsp.load32(bias, biasAt + c));
        }
        Dsp.store32(x, to, Dsp.addSaturating(Dsp.load32(x, to), sum));
        from += 4;
        to += 4;
      }
    }
  }
}
