package dunlin.kernels;

/**
 * From int32 accumulators to the next tensor's fixed point. There is one rounding rule: the high
 * word of the product (floor), then a right shift that rounds halves up,
 *
 * <pre>
 *   y = (mulHigh(acc << left, m) + 2^(right-1)) >> right  =  acc · m · 2^(left-32-right) ± 1/2
 * </pre>
 *
 * with m ≥ 0 and 1 ≤ right ≤ 31. The host proves |acc| · 2^left &lt; 2^31 from the weights, and
 * picks the largest such {@code left}. The floor costs nothing: floor, then round, is the exact
 * product rounded once, halves up. Worst error 1/2.
 */
@Unchecked
public final class Requantise {
  private Requantise() {}

  /** One accumulator by the rule above. */
  public static int apply(int acc, int m, int left, int right) {
    return (Dsp.mulHigh(acc << left, m) + (1 << (right - 1))) >> right;
  }

  /**
   * acc · mantissa · 2^-(32+shift) for a multiplier known only at run time, rounded halves up once
   * and saturated to {@code bits} bits. Any shift from -31 to 31 is right.
   */
  public static int saturating(int acc, int mantissa, int shift, int bits) {
    long rounded = ((long) acc * mantissa + (1L << (31 + shift))) >> (32 + shift);
    int max = Integer.MAX_VALUE >> (32 - bits);
    return rounded > max ? max : rounded < ~max ? ~max : (int) rounded;
  }

  /**
   * Turns rows of accumulators into fixed point, in place: each output channel has its multiplier,
   * and each row the scale of the activations that went in.
   *
   * <pre>  y = acc · m[channel] · scale[row] · 2^(left + shift - 64) + bias[channel] </pre>
   *
   * |y| &lt; 2^28 before the bias, which saturates. Worst error 1/2 + 2^-(right+1), where right =
   * -shift - {@link Scale#exponent31}(scale[row]), at least -15. It is below 1 where a row's scale
   * is so large that its sums cannot be: the first product has room then, and is shifted left.
   *
   * @param acc int32 [rows × channels], replaced by the results
   * @param m int32 [channels], ≥ 0
   * @param bias int32 [channels] in units of the result, or null
   * @param scales {@link Scale} [rows]
   * @param left as above
   * @param shift power of two, as above
   */
  public static void rows(
      byte[] acc,
      int accAt,
      byte[] m,
      int mAt,
      byte[] bias,
      int biasAt,
      byte[] scales,
      int scalesAt,
      int rows,
      int channels,
      int left,
      int shift) {
    int at = accAt;
    for (int row = 0; row < rows; row++) {
      row(acc, at, m, mAt, Dsp.load32(scales, scalesAt + (row << 2)), channels, left, shift);
      if (bias != null) {
        add(bias, biasAt, acc, at, channels);
      }
      at += channels << 2;
    }
  }

  private static void row(
      byte[] acc, int accAt, byte[] m, int mAt, int scale, int channels, int left, int shift) {
    int mantissa = Scale.mantissa31(scale);
    int exact = -shift - Scale.exponent31(scale);
    int spare = exact < 1 ? 1 - exact : 0;
    int right = rightShift(exact);
    int half = 1 << (right - 1);
    int at = accAt;
    int mp = mAt;
    for (int c = channels; c > 0; c--) {
      int product = Dsp.mulHigh(Dsp.load32(acc, at) << left, Dsp.load32(m, mp));
      Dsp.store32(acc, at, (Dsp.mulHigh(product << spare, mantissa) + half) >> right);
      at += 4;
      mp += 4;
    }
  }

  private static void add(byte[] bias, int biasAt, byte[] y, int yAt, int channels) {
    for (int c = 0, end = channels << 2; c < end; c += 4) {
      int sum = Dsp.addSaturating(Dsp.load32(y, yAt + c), Dsp.load32(bias, biasAt + c));
      Dsp.store32(y, yAt + c, sum);
    }
  }

  /** Beyond 31 the result is 0 or rounds to it. */
  private static int rightShift(int shift) {
    return shift < 1 ? 1 : shift > 31 ? 31 : shift;
  }
}
