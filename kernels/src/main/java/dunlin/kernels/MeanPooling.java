package dunlin.kernels;

/**
 * The mean of all rows of a residual stream: int32 in the stream's fixed point, and int8 with a
 * static scale.
 *
 * <p>Parameter block, four words:
 *
 * <pre>
 *  0 width E
 *  4 1 / rows         {@link Scale}; rows, 1 to 2^16: those of every pass
 *  8 int8's table     {@link Affine} [E] (in the image)     12 its right shift, 1 to 31
 * </pre>
 */
@Unchecked
public final class MeanPooling {
  /** E. */
  public static final int WIDTH = 0;

  /** 1 / rows. */
  public static final int INVERSE_ROWS = 4;

  /** Offset of int8's {@link Affine} table from the start of the array that holds the block. */
  public static final int OUTPUT_TABLE = 8;

  /** Right shift of int8. */
  public static final int OUTPUT_RIGHT = 12;

  /** Size of the parameter block. */
  public static final int BYTES = 16;

  private MeanPooling() {}

  /**
   * Pools {@code rows} rows.
   *
   * @param p parameter block, and the table
   * @param x int32 [rows × E]
   * @param y int8 [E], written; or null
   * @param mean int32 [E], written; or null
   */
  public static void pool(
      byte[] p, int pAt, byte[] x, int xAt, byte[] y, int yAt, byte[] mean, int meanAt, int rows) {
    int width = Dsp.load32(p, pAt + WIDTH);
    int inverse = Dsp.load32(p, pAt + INVERSE_ROWS);
    int table = Dsp.load32(p, pAt + OUTPUT_TABLE);
    int right = Dsp.load32(p, pAt + OUTPUT_RIGHT);
    for (int c = 0; c < width; c++) {
      int value = Mean.of(sum(x, xAt + (c << 2), width << 2, rows), inverse, rows);
      if (y != null) {
        y[yAt + c] = (byte) Dsp.saturate(Affine.apply(value, p, table, right), 8);
      }
      if (mean != null) {
        Dsp.store32(mean, meanAt + (c << 2), value);
      }
      table += Affine.BYTES;
    }
  }

  /** The sum of a channel, whose values are {@code stride} bytes apart. */
  private static long sum(byte[] x, int xAt, int stride, int rows) {
    long sum = 0;
    int at = xAt;
    for (int row = rows; row > 0; row--) {
      sum += Dsp.load32(x, at);
      at += stride;
    }
    return sum;
  }
}
