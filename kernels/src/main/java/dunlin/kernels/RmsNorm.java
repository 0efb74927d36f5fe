package dunlin.kernels;

/**
 * RMSNorm of a residual stream in int32 fixed point to int8 with a scale per row (Zhang and
 * Sennrich, 2019): y = x / √(mean(x²) + ε) · gain. Each row takes its scale from its own maximum,
 * so the root mean square only enters the scale, never an element.
 *
 * <p>Parameter block, five words:
 *
 * <pre>
 *  0 width E          4 gain table (in the image)
 *  8 1 / E            {@link Scale}
 * 12 ε · 2^(2f)       {@link Scale}; f: fraction bits of the residual stream
 * 16 2^-g / 127       {@link Scale}; g: fraction bits of the gain table
 * </pre>
 *
 * Gain table: int16 [E]. Worst error, given the gain table: of an element 0.504 + 254/p steps of
 * its row's scale, of the scale 2^-20 + E · 2^-29 + 1/p relative, with p = 2^14 · max|x · gain| /
 * max|x|. p is beyond 2^22 unless the gains that meet a row's outliers are below 256.
 */
@Unchecked
public final class RmsNorm {
  /** E. */
  public static final int WIDTH = 0;

  /** Offset of the gain table from the start of the array that holds the block. */
  public static final int GAIN = 4;

  /** 1 / E. */
  public static final int INVERSE_WIDTH = 8;

  /** ε in squared units of the residual stream. */
  public static final int EPSILON = 12;

  /** What one unit of gain · 127 is worth. */
  public static final int UNIT = 16;

  /** Size of the parameter block. */
  public static final int BYTES = 20;

  private RmsNorm() {}

  /**
   * Normalises {@code rows} rows.
   *
   * @param p parameter block, and the gain table
   * @param x int32 [rows × E]
   * @param y int8 [rows × E], written
   * @param scales {@link Scale} [rows], written
   */
  public static void rows(
      byte[] p, int pAt, byte[] x, int xAt, byte[] y, int yAt, byte[] scales, int sAt, int rows) {
    int width = Dsp.load32(p, pAt + WIDTH);
    for (int row = 0; row < rows; row++) {
      int scale = row(p, pAt, x, xAt + row * (width << 2), y, yAt + row * width, width);
      Dsp.store32(scales, sAt + (row << 2), scale);
    }
  }

  private static int row(byte[] p, int pAt, byte[] x, int xAt, byte[] y, int yAt, int width) {
    int gain = Dsp.load32(p, pAt + GAIN);
    int end = xAt + (width << 2);
    int bits = 0;
    for (int at = xAt; at < end; at += 4) {
      int v = Dsp.load32(x, at);
      bits |= v ^ v >> 31;
    }
    int shift = Dsp.leadingZeros(bits) - 1;
    long squares = 0;
    int peak = 0;
    int g = gain;
    for (int at = xAt; at < end; at += 4) {
      int v = Dsp.load32(x, at) << shift;
      squares += Dsp.mulHigh(v, v);
      int scaled = Dsp.mulHigh(v, Dsp.load16(p, g) << 16);
      int magnitude = scaled < 0 ? -scaled : scaled;
      peak = magnitude > peak ? magnitude : peak;
      g += 2;
    }
    if (peak == 0) {
      for (int i = 0; i < width; i++) {
        y[yAt + i] = 0;
      }
      return Scale.SMALLEST;
    }
    int left = DynamicInt8.shift(peak);
    int multiplier = DynamicInt8.multiplier(peak);
    g = gain;
    int out = yAt;
    for (int at = xAt; at < end; at += 4) {
      int scaled = Dsp.mulHigh(Dsp.load32(x, at) << shift, Dsp.load16(p, g) << 16);
      y[out++] = (byte) DynamicInt8.quantise(scaled, left, multiplier);
      g += 2;
    }
    return scale(p, pAt, squares, peak, shift);
  }

  /** peak · 2^(16-shift) · unit / √(mean square + ε). */
  private static int scale(byte[] p, int pAt, long squares, int peak, int shift) {
    int sum = Scale.of(squares, 32 - (shift << 1));
    int mean = Scale.multiply(sum, Dsp.load32(p, pAt + INVERSE_WIDTH));
    int variance = Scale.add(mean, Dsp.load32(p, pAt + EPSILON));
    int numerator = Scale.multiply(Scale.of(peak, 16 - shift), Dsp.load32(p, pAt + UNIT));
    return Scale.multiply(numerator, Scale.reciprocalSquareRoot(variance));
  }
}
