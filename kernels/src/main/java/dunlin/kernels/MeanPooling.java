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
}
