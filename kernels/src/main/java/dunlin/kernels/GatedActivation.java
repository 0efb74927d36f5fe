package dunlin.kernels;

/**
 * The gate of a Llama feed-forward: hidden = silu(gate) · up, from int32 fixed point to int16 with
 * a calibrated scale, 12 significant bits by default.
 *
 * <p>For any activation f with f(x) → x and f(-x) → 0, the difference c(x) = max(x, 0) - f(x) is
 * small, even in x and dies out: a table of c replaces every exponential and division, and its
 * error does not grow with x. The table alone decides which activation this is (SiLU: c(x) = x / (1
 * + e^x), Shazeer 2020; GELU: c(x) = x · Φ(-x)).
 *
 * <p>Difference table: uint16 [513], entry i = round(2^16 · c(i / 32)), the last one 0. Worst error
 * of SiLU 7.8e-5, of GELU 1.16e-4, both absolute; of the product half a step, and multiplier ·
 * 2^-(32+shift) steps: choose the largest f, and then the largest left, that hold gate and up.
 *
 * <p>Parameter block:
 *
 * <pre>
 *  0 width F
 *  4 fraction bits f of gate and up, 16 to 28
 *  8 multiplier    \ hidden = (silu(gate) · up · 2^(2·left-32)) · multiplier · 2^-(32+shift),
 * 12 shift, 1..31  / gate and up as integers with f fraction bits
 * 16 output bits, 2 to 16
 * 20 left          gate and up shifted left by so many bits stay below 2^30
 * </pre>
 */
@Unchecked
public final class GatedActivation {
  /** F. */
  public static final int WIDTH = 0;

  /** Fraction bits of gate and up. */
  public static final int FRACTION_BITS = 4;

  /** Multiplier. */
  public static final int MULTIPLIER = 8;

  /** Shift. */
  public static final int SHIFT = 12;

  /** Output bits. */
  public static final int OUTPUT_BITS = 16;

  /** Left shift. */
  public static final int LEFT = 20;

  /** Size of the parameter block. */
  public static final int BYTES = 24;

  private GatedActivation() {}

  /**
   * Gates {@code rows} rows.
   *
   * @param p parameter block
   * @param x int32 [rows × 2F]: gate, then up; |x| &lt; 2^30
   * @param y int16 [rows × F], written
   * @param table difference table
   */
  public static void rows(
      byte[] p, int pAt, byte[] x, int xAt, byte[] y, int yAt, byte[] table, int tAt, int rows) {
    int width = Dsp.load32(p, pAt + WIDTH);
    int fraction = Dsp.load32(p, pAt + FRACTION_BITS);
    int multiplier = Dsp.load32(p, pAt + MULTIPLIER);
    int shift = Dsp.load32(p, pAt + SHIFT);
    int bits = Dsp.load32(p, pAt + OUTPUT_BITS);
    int left = Dsp.load32(p, pAt + LEFT);
    int upOffset = width << 2;
    int out = yAt;
    for (int row = 0; row < rows; row++) {
      int gate = xAt + row * (width << 3);
      for (int end = gate + upOffset; gate < end; gate += 4) {
        int activated = activate(Dsp.load32(x, gate), fraction, table, tAt);
        int up = Dsp.load32(x, gate + upOffset);
        int product = Dsp.mulHigh(activated << left, up << left);
        int hidden = Requantise.apply(product, multiplier, 0, shift);
        Dsp.store16(y, out, Dsp.saturate(hidden, bits));
        out += 2;
      }
    }
  }

  /** max(x, 0) - c(|x|), with {@code fraction} fraction bits. */
  static int activate(int x, int fraction, byte[] table, int tAt) {
    int magnitude = x < 0 ? -x : x;
    int q = magnitude >> (fraction - 16);
    int positive = x < 0 ? 0 : x;
    if (q >= 512 << 11) {
      return positive;
    }
    int entry = tAt + (q >> 11 << 1);
    int low = Dsp.loadU16(table, entry);
    int high = Dsp.loadU16(table, entry + 2);
    int difference = low + ((high - low) * (q & 0x7ff) + (1 << 10) >> 11);
    return positive - (difference << (fraction - 16));
  }
}
