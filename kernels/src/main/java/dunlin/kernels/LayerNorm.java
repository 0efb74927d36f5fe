package dunlin.kernels;

/**
 * LayerNorm of a residual stream in int32 fixed point (Ba, Kiros and Hinton, 2016): x̂ = (x - mean)
 * / √(variance + ε), then gain and bias of each channel and of each of two targets: int8 with a
 * static scale for what comes next, and int32 where the stream itself is normalised (post-norm).
 *
 * <p>x̂ is an integer with 29 - h fraction bits, h = ⌈log2(E) / 2⌉; no row can exceed √E. Of a
 * target, {@link Affine} has gain and bias.
 *
 * <p>Parameter block, seven words:
 *
 * <pre>
 *  0 width E, 2 to 2^16
 *  4 1 / E            {@link Scale}
 *  8 ε · 2^(2f)       {@link Scale}; f: fraction bits of the stream
 * 12 int8's table     (in the image)     16 its right shift, 1 to 31
 * 20 the stream's     (in the image)     24 its right shift, 1 to 31
 * </pre>
 */
@Unchecked
public final class LayerNorm {
  /** E. */
  public static final int WIDTH = 0;

  /** 1 / E. */
  public static final int INVERSE_WIDTH = 4;

  /** ε in squared units of the residual stream. */
  public static final int EPSILON = 8;

  /** Offset of int8's {@link Affine} table from the start of the array that holds the block. */
  public static final int OUTPUT_TABLE = 12;

  /** Right shift of int8. */
  public static final int OUTPUT_RIGHT = 16;

  /** Offset of the stream's {@link Affine} table from the start of the array. */
  public static final int RESIDUAL_TABLE = 20;

  /** Right shift of the stream. */
  public static final int RESIDUAL_RIGHT = 24;

  /** Size of the parameter block. */
  public static final int BYTES = 28;

  private LayerNorm() {}

  /** Fraction bits of x̂ in rows of {@code width}. */
  public static int fractionBits(int width) {
    return 29 - headroom(width);
  }

  /** h: the least with 4^h ≥ width. */
  private static int headroom(int width) {
    return 33 - Dsp.leadingZeros(width - 1) >> 1;
  }

  /**
   * Normalises {@code rows} rows.
   *
   * @param p parameter block, and the tables
   * @param x int32 [rows × E]
   * @param y int8 [rows × E], written; or null
   * @param residual int32 [rows × E], written, x itself perhaps; or null
   */
  public static void rows(
      byte[] p,
      int pAt,
      byte[] x,
      int xAt,
      byte[] y,
      int yAt,
      byte[] residual,
      int residualAt,
      int rows) {
    int width = Dsp.load32(p, pAt + WIDTH);
    for (int row = 0; row < rows; row++) {
      int words = row * (width << 2);
      row(p, pAt, x, xAt + words, y, yAt + row * width, residual, residualAt + words, width);
    }
  }

  /** In units of 2^(headroom - 30) of the largest element: differences from the mean, squares. */
  private static void row(
      byte[] p,
      int pAt,
      byte[] x,
      int xAt,
      byte[] y,
      int yAt,
      byte[] residual,
      int residualAt,
      int width) {
    int end = xAt + (width << 2);
    int bits = 0;
    long sum = 0;
    for (int at = xAt; at < end; at += 4) {
      int v = Dsp.load32(x, at);
      bits |= v ^ v >> 31;
      sum += v;
    }
    int headroom = headroom(width);
    int left = Dsp.leadingZeros(bits) - 1;
    int down = headroom + 1;
    int inverse = Dsp.load32(p, pAt + INVERSE_WIDTH);
    int mean = Mean.of(sum << left, inverse, width) >> down;
    long squares = 0;
    for (int at = xAt; at < end; at += 4) {
      int d = (Dsp.load32(x, at) << left >> down) - mean;
      squares += (long) d * d;
    }
    int deviation = inverseDeviation(p, pAt, squares, inverse, left - down);
    if (y != null) {
      int table = Dsp.load32(p, pAt + OUTPUT_TABLE);
      int right = Dsp.load32(p, pAt + OUTPUT_RIGHT);
      write(p, table, right, x, xAt, y, yAt, false, width, left, mean, deviation);
    }
    if (residual != null) {
      int table = Dsp.load32(p, pAt + RESIDUAL_TABLE);
      int right = Dsp.load32(p, pAt + RESIDUAL_RIGHT);
      write(p, table, right, x, xAt, residual, residualAt, true, width, left, mean, deviation);
    }
  }

  /** 1 / √(variance + ε), as a {@link Scale}, where the elements were shifted by {@code shift}. */
  private static int inverseDeviation(byte[] p, int pAt, long squares, int inverse, int shift) {
    int epsilon = Scale.shift(Dsp.load32(p, pAt + EPSILON), shift << 1);
    int variance = squares == 0 ? epsilon : Scale.multiply(Scale.of(squares, 0), inverse);
    return Scale.reciprocalSquareRoot(squares == 0 ? epsilon : Scale.add(variance, epsilon));
  }

  /** x̂ of each element, then its target's table; {@code wide} for int32. */
  private static void write(
      byte[] p,
      int table,
      int right,
      byte[] x,
      int xAt,
      byte[] y,
      int yAt,
      boolean wide,
      int width,
      int left,
      int mean,
      int deviation) {
    int down = headroom(width) + 1;
    int mantissa = Scale.mantissa31(deviation);
    int up = up(deviation, width);
    int rest = rest(deviation, width);
    int from = xAt;
    int t = table;
    for (int c = 0; c < width; c++) {
      int d = (Dsp.load32(x, from) << left >> down) - mean;
      int value = Affine.apply(Dsp.mulHigh(d << up, mantissa) >> rest, p, t, right);
      if (wide) {
        Dsp.store32(y, yAt + (c << 2), value);
      } else {
        y[yAt + c] = (byte) Dsp.saturate(value, 8);
      }
      from += 4;
      t += Affine.BYTES;
    }
  }

  /** How far a difference is shifted left before it meets the mantissa of 1 / deviation. */
  private static int up(int deviation, int width) {
    int exact = exact(deviation, width);
    return headroom(width) + (exact > 0 ? exact : 0);
  }

  /** How far their product is shifted right, so that it has x̂'s fraction bits. */
  private static int rest(int deviation, int width) {
    int exact = exact(deviation, width);
    return exact > 0 ? 0 : exact < -31 ? 31 : -exact;
  }

  /** The product's shift to the left, once differences have been shifted by the headroom. */
  private static int exact(int deviation, int width) {
    return Scale.exponent31(deviation) + 32 + fractionBits(width) - headroom(width);
  }
}
