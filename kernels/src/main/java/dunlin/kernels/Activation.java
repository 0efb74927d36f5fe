package dunlin.kernels;

/**
 * What stands between the two linear layers of an encoder's feed-forward, in one pass: int32 sums
 * to fixed point, an activation, and int16 with a calibrated scale, 12 significant bits by default.
 *
 * <p>The difference table of {@link GatedActivation} says which activation: max(x, 0) - c(|x|),
 * with c(x) = x · Φ(-x) for GELU, its tanh form likewise, and 0 throughout for ReLU. Of another
 * form is tanh: sign(x) · (1 - d(|x|)), with d(x) = 1 - tanh(x) from such a table, whose first
 * entry is 2^16 - 1. Worst error of GELU 1.16e-4, of tanh 1.12e-4, both absolute.
 *
 * <p>Parameter block, nine words:
 *
 * <pre>
 *  0 width F
 *  4 table            {@link Affine} [F] (in the image): sums to f fraction bits
 *  8 left             the sums shifted left by so many bits stay below 2^31
 * 12 right, 1..31     {@link Affine}'s
 * 16 fraction bits f, at most 28; below 16 values are widened to 16
 * 20 multiplier    \ hidden = activated · multiplier · 2^-(32+shift), max(f, 16) bits of it
 * 24 shift, 1..31  /
 * 28 output bits, 2 to 16
 * 32 form, {@link #RECTIFIED} or {@link #ODD}
 * </pre>
 */
@Unchecked
public final class Activation {
  /** F. */
  public static final int WIDTH = 0;

  /** Offset of the {@link Affine} table from the start of the array that holds the block. */
  public static final int TABLE = 4;

  /** Left shift of the sums. */
  public static final int LEFT = 8;

  /** Right shift of the table. */
  public static final int RIGHT = 12;

  /** Fraction bits of what is activated. */
  public static final int FRACTION_BITS = 16;

  /** Multiplier. */
  public static final int MULTIPLIER = 20;

  /** Shift. */
  public static final int SHIFT = 24;

  /** Output bits. */
  public static final int OUTPUT_BITS = 28;

  /** Form. */
  public static final int FORM = 32;

  /** Size of the parameter block. */
  public static final int BYTES = 36;

  /** Form: max(x, 0) - c(|x|). */
  public static final int RECTIFIED = 0;

  /** Form: sign(x) · (1 - d(|x|)). */
  public static final int ODD = 1;

  private Activation() {}

  /**
   * Activates {@code rows} rows.
   *
   * @param p parameter block, and its table
   * @param x int32 [rows × F]
   * @param y int16 [rows × F], written
   * @param differences difference table
   */
  public static void rows(
      byte[] p,
      int pAt,
      byte[] x,
      int xAt,
      byte[] y,
      int yAt,
      byte[] differences,
      int dAt,
      int rows) {
    int width = Dsp.load32(p, pAt + WIDTH);
    int left = Dsp.load32(p, pAt + LEFT);
    int right = Dsp.load32(p, pAt + RIGHT);
    int fraction = Dsp.load32(p, pAt + FRACTION_BITS);
    int widening = Math.max(16 - fraction, 0); // to the table's bits
    fraction += widening;
    int multiplier = Dsp.load32(p, pAt + MULTIPLIER);
    int shift = Dsp.load32(p, pAt + SHIFT);
    int bits = Dsp.load32(p, pAt + OUTPUT_BITS);
    boolean odd = Dsp.load32(p, pAt + FORM) == ODD;
    int in = xAt;
    int out = yAt;
    for (int row = 0; row < rows; row++) {
      int table = Dsp.load32(p, pAt + TABLE);
      for (int c = width; c > 0; c--) {
        int value = Affine.apply(Dsp.load32(x, in) << left, p, table, right) << widening;
        int activated =
            odd
                ? odd(value, fraction, differences, dAt)
                : GatedActivation.activate(value, fraction, differences, dAt);
        int hidden = Requantise.apply(activated, multiplier, 0, shift);
        Dsp.store16(y, out, Dsp.saturate(hidden, bits));
        in += 4;
        out += 2;
        table += Affine.BYTES;
      }
    }
  }

  /** sign(x) · (1 - d(|x|)): below 0 there is nothing but the difference. */
  private static int odd(int x, int fraction, byte[] differences, int dAt) {
    int magnitude =
        (1 << fraction) + GatedActivation.activate(x < 0 ? x : -x, fraction, differences, dAt);
    return x < 0 ? -magnitude : magnitude;
  }
}
