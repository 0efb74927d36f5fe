package dunlin.kernels;

/**
 * Bidirectional attention of some heads of an encoder's layer, all of it, depth first: int8 [S × E]
 * in, exact int32 sums [S × E] of the output projection out.
 *
 * <p>For {@code g} heads at a time: their keys and values of all positions; then for {@code x}
 * query rows at a time queries → scores → weights → context of each head → sums. Neither g nor x
 * changes a bit. Every step writes what the next one reads: queries and context as expanded
 * activations ({@link LinearDsp}), keys as its packed weights [S × P], values as those [P × S].
 *
 * <p>Fused weights (Wq · Wkᵀ folded by the host, E a multiple of four): queries are W = E wide, the
 * input itself is the keys of every head, and KEY_WEIGHTS is -1. Otherwise W = P.
 *
 * <pre>
 *   query    sat12( {@link Affine}: x · Wq )             steps of a static scale, ±2047
 *   key      sat8 ( {@link Affine}: x · Wk )
 *   value    sat8 ( {@link Affine}: x · Wv )
 *   distance mulHigh(max q·k - q·k, score multiplier)    log2 units · 2^10, at least 16 are all alike
 *   weight   table[distance mod 2^10] >> distance / 2^10
 *   context  sat8(Σ weight · value / Σ weight · context unit)
 *   sums     Σ over heads: context · Wo
 * </pre>
 *
 * <p>Parameter block; tables and weights are offsets from the start of the array that holds it (in
 * the image):
 *
 * <pre>
 *  0 heads H on this node, 0 or more     4 width E
 *  8 query width W, P or E              12 head size P
 * 16 g: heads at a time, 1 to H         20 x: query rows at a time, 1 to S
 * 24 {@link WeightLayout} of all weights
 * 28 query weights    H blocks of int8 [W × E]
 * 32 key weights      H blocks of int8 [P × E], or -1: fused
 * 36 value weights    H blocks of int8 [P × E]
 * 40 output weights   blocks of int8 [E × gP], for g heads each; the last for those that are left
 * 44 query table      {@link Affine} [H × W]     48 its right shift
 * 52 key table        {@link Affine} [H × P]     56 its right shift
 * 60 value table      {@link Affine} [H × P]     64 its right shift
 * 68 head units       [H × 2]: score multiplier int32 = round(2^42 · log2 units of q · k), and
 *                     context unit, {@link Scale}: output steps of a value's step
 * 72 exponent table   int16 [1024], entry i = round(t · 2^(-i/1024)), t = min(32767, ⌊2^24 / S⌋)
 * </pre>
 */
@Unchecked
public final class SelfAttention {
  /** H. */
  public static final int HEADS = 0;

  /** E. */
  public static final int WIDTH = 4;

  /** W. */
  public static final int QUERY_WIDTH = 8;

  /** P. */
  public static final int HEAD_SIZE = 12;

  /** g. */
  public static final int HEADS_AT_ONCE = 16;

  /** x. */
  public static final int ROWS_AT_ONCE = 20;

  /** Layout of the weights. */
  public static final int LAYOUT = 24;

  /** Query weights. */
  public static final int QUERY_WEIGHTS = 28;

  /** Key weights, or {@link #FUSED}. */
  public static final int KEY_WEIGHTS = 32;

  /** Value weights. */
  public static final int VALUE_WEIGHTS = 36;

  /** Output weights. */
  public static final int OUTPUT_WEIGHTS = 40;

  /** Query table. */
  public static final int QUERY_TABLE = 44;

  /** Right shift of queries. */
  public static final int QUERY_RIGHT = 48;

  /** Key table. */
  public static final int KEY_TABLE = 52;

  /** Right shift of keys. */
  public static final int KEY_RIGHT = 56;

  /** Value table. */
  public static final int VALUE_TABLE = 60;

  /** Right shift of values. */
  public static final int VALUE_RIGHT = 64;

  /** Score multiplier and context unit of each head. */
  public static final int HEAD_UNITS = 68;

  /** Exponent table. */
  public static final int EXPONENTS = 72;

  /** Size of the parameter block. */
  public static final int BYTES = 76;

  /** KEY_WEIGHTS: there are none, the input is the keys. */
  public static final int FUSED = -1;

  private SelfAttention() {}

  /**
   * Bytes of scratch for {@code positions} rows.
   *
   * @param fused whether the input is the keys
   * @param together g
   * @param tile x
   */
  public static int scratchBytes(
      int positions,
      int width,
      int queryWidth,
      int headSize,
      boolean fused,
      int together,
      int tile,
      int layout) {
    int size = LinearDsp.padded(headSize);
    int keys = fused ? 0 : LinearDsp.padded(positions) * size;
    int values = size * LinearDsp.padded(positions);
    return together * (keys + values);
  }
}
