package dunlin.kernels;

/**
 * The second half of a linear map, from int32 to a tensor with a static scale: each channel has its
 * multiplier and its addend, side by side.
 *
 * <pre>
 *   y = (mulHigh(x, multiplier) + addend) >> right  =  x · multiplier · 2^-(32+right) + bias
 * </pre>
 *
 * with addend = bias · 2^right + 2^(right-1), 1 ≤ right ≤ 31: the bias is in steps of y and costs
 * nothing, for the half is to be added anyway. The host proves |mulHigh| and |addend| below 2^30.
 * Worst error 1/2 + 2^-(right+1), {@link Requantise}'s rule with a bias.
 *
 * <p>Table: int32 [channels × 2].
 */
@Unchecked
public final class Affine {
  /** Bytes of a channel. */
  public static final int BYTES = 8;

  private Affine() {}

  /** One value by the pair at {@code at}. */
  static int apply(int x, byte[] table, int at, int right) {
    return (Dsp.mulHigh(x, Dsp.load32(table, at)) + Dsp.load32(table, at + 4)) >> right;
  }

  /**
   * Rows to int8, saturated.
   *
   * @param x int32 [rows × channels]
   * @param y int8 [rows × channels], written
   */
  public static void rows(
      byte[] table,
      int tAt,
      byte[] x,
      int xAt,
      byte[] y,
      int yAt,
      int rows,
      int channels,
      int right) {
    for (int row = 0; row < rows; row++) {
      int from = xAt + row * (channels << 2);
      int8(table, tAt, x, from, y, yAt + row * channels, channels, right);
    }
  }

  /**
   * One row to int8, saturated.
   *
   * @param x int32 [channels]
   * @param y int8 [channels], written
   */
  static void int8(
      byte[] table, int tAt, byte[] x, int xAt, byte[] y, int yAt, int channels, int right) {
    int t = tAt;
    int out = yAt;
    for (int at = xAt, end = xAt + (channels << 2); at < end; at += 4) {
      y[out] = (byte) Dsp.saturate(apply(Dsp.load32(x, at), table, t, right), 8);
      t += BYTES;
      out++;
    }
  }
}
