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
}
