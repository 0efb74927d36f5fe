package dunlin.kernels;

/**
 * Bidirectional attention of some heads of an encoder's layer, all of it, depth first: int8 [S × E]
 * in, exact int32 sums [S × D] of the output projection out.
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
 * Worst error of a context, against softmax in double over the same queries, keys and values: half
 * an output step, and 7e-4 + S / t of the largest |value|, t the exponent table's first entry.
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
 * 40 output weights   blocks of int8 [D × gP], for g heads each; the last for those that are left
 * 44 query table      {@link Affine} [H × W]     48 its right shift
 * 52 key table        {@link Affine} [H × P]     56 its right shift
 * 60 value table      {@link Affine} [H × P]     64 its right shift
 * 68 head units       [H × 2]: score multiplier int32 = round(2^42 · log2 units of q · k), and
 *                     context unit, {@link Scale}: output steps of a value's step
 * 72 exponent table   int16 [1024], entry i = round(t · 2^(-i/1024)), t = min(32767, ⌊2^24 / S⌋)
 * 76 output width D
 * 80 onto             0: the sums begin with these heads, at 0 where there are none; 1: they are
 *                     added to those that are there
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

  /** D. */
  public static final int OUTPUT_WIDTH = 76;

  /** Whether sums are there already. */
  public static final int ONTO = 80;

  /** Size of the parameter block. */
  public static final int BYTES = 84;

  /** KEY_WEIGHTS: there are none, the input is the keys. */
  public static final int FUSED = -1;

  private SelfAttention() {}

  /**
   * The scratch begins with where its parts lie, and what is under way, a word each: a board's
   * stack is short.
   */
  private static final int KEYS = 0;

  private static final int VALUES = 4;
  private static final int INPUT = 8;
  private static final int SUMS = 12;
  private static final int QUERIES = 16;
  private static final int CONTEXT = 20;
  private static final int TOTALS = 24;

  /** S. */
  private static final int POSITIONS = 28;

  /** The first of the heads whose keys and values lie in memory, and how many they are. */
  private static final int HEAD = 32;

  private static final int HEADS_HERE = 36;

  /** The first row of the tile, and how many it has. */
  private static final int ROW = 40;

  private static final int ROWS_HERE = 44;
  private static final int STATE_BYTES = 48;

  /**
   * Bytes of scratch for {@code positions} rows: keys and values of g heads; of x rows, the input
   * expanded, sums (of projections, then of scores), queries (then the context's sums), the
   * context, and the weights' totals.
   *
   * @param outputWidth D
   * @param fused whether the input is the keys
   * @param together g
   * @param tile x
   */
  public static int scratchBytes(
      int positions,
      int width,
      int queryWidth,
      int headSize,
      int outputWidth,
      boolean fused,
      int together,
      int tile,
      int layout) {
    int heads = together * (fused ? 1 : 2) * LinearDsp.weightBytes(positions, headSize);
    int input = WeightLayout.scratchBytes(layout, width, tile);
    int sums = sumBytes(positions, outputWidth, queryWidth, headSize, tile);
    int queries = queryBytes(queryWidth, headSize, tile);
    int context = LinearDsp.scratchBytes(together * headSize, tile);
    return STATE_BYTES + heads + input + sums + queries + context + (tile << 2);
  }

  private static int sumBytes(
      int positions, int outputWidth, int queryWidth, int headSize, int tile) {
    int scores = LinearDsp.padded(positions);
    int projected = queryWidth > headSize ? queryWidth : headSize;
    int widest = projected > outputWidth ? projected : outputWidth;
    return tile * ((widest > scores ? widest : scores) << 2);
  }

  private static int queryBytes(int queryWidth, int headSize, int tile) {
    int expanded = LinearDsp.scratchBytes(queryWidth, tile);
    int sums = tile * (headSize << 2);
    return expanded > sums ? expanded : sums;
  }

  /**
   * Attends with {@code rows} rows, all to all.
   *
   * @param p parameter block, tables and weights
   * @param x int8 [rows × E], at a multiple of four
   * @param y int32 [rows × D], written or added to
   * @param s scratch
   */
  public static void rows(
      byte[] p, int pAt, byte[] x, int xAt, byte[] y, int yAt, byte[] s, int sAt, int rows) {
    int heads = Dsp.load32(p, pAt + HEADS);
    int outputWidth = Dsp.load32(p, pAt + OUTPUT_WIDTH);
    int together = Dsp.load32(p, pAt + HEADS_AT_ONCE);
    int tile = Dsp.load32(p, pAt + ROWS_AT_ONCE);
    if (heads == 0) {
      Sums.start(null, 0, y, yAt, isOnto(p, pAt) ? 0 : rows, outputWidth);
      return;
    }
    place(p, pAt, s, sAt, rows);
    for (int head = 0; head < heads; head += together) {
      int n = least(together, heads - head);
      Dsp.store32(s, sAt + HEAD, head);
      Dsp.store32(s, sAt + HEADS_HERE, n);
      for (int row = 0; row < rows; row += tile) {
        begin(p, pAt, x, xAt, s, sAt, row, least(tile, rows - row));
        for (int i = 0; i < n; i++) {
          keysAndValues(p, pAt, x, xAt, s, sAt, i);
        }
      }
      for (int row = 0; row < rows; row += tile) {
        begin(p, pAt, x, xAt, s, sAt, row, least(tile, rows - row));
        for (int i = 0; i < n; i++) {
          project(p, pAt, x, xAt, s, sAt, QUERY_WEIGHTS, i);
          attend(p, pAt, x, xAt, s, sAt, i);
        }
        output(p, pAt, y, yAt + row * (outputWidth << 2), s, sAt);
      }
    }
  }

  private static boolean isOnto(byte[] p, int pAt) {
    return Dsp.load32(p, pAt + ONTO) != 0;
  }

  private static int least(int a, int b) {
    return a < b ? a : b;
  }

  private static void place(byte[] p, int pAt, byte[] s, int sAt, int rows) {
    int width = Dsp.load32(p, pAt + WIDTH);
    int queryWidth = Dsp.load32(p, pAt + QUERY_WIDTH);
    int size = Dsp.load32(p, pAt + HEAD_SIZE);
    int together = Dsp.load32(p, pAt + HEADS_AT_ONCE);
    int tile = Dsp.load32(p, pAt + ROWS_AT_ONCE);
    int heads = together * LinearDsp.weightBytes(rows, size);
    Dsp.store32(s, sAt + POSITIONS, rows);
    int at = sAt + STATE_BYTES;
    Dsp.store32(s, sAt + VALUES, at);
    at += heads;
    Dsp.store32(s, sAt + KEYS, at);
    at += isFused(p, pAt) ? 0 : heads;
    Dsp.store32(s, sAt + INPUT, at);
    at += WeightLayout.scratchBytes(Dsp.load32(p, pAt + LAYOUT), width, tile);
    Dsp.store32(s, sAt + SUMS, at);
    at += sumBytes(rows, Dsp.load32(p, pAt + OUTPUT_WIDTH), queryWidth, size, tile);
    Dsp.store32(s, sAt + QUERIES, at);
    at += queryBytes(queryWidth, size, tile);
    Dsp.store32(s, sAt + CONTEXT, at);
    at += LinearDsp.scratchBytes(together * size, tile);
    Dsp.store32(s, sAt + TOTALS, at);
  }

  private static boolean isFused(byte[] p, int pAt) {
    return Dsp.load32(p, pAt + KEY_WEIGHTS) == FUSED;
  }

  /** Before a tile: its rows, expanded where the weights are packed. */
  private static void begin(
      byte[] p, int pAt, byte[] x, int xAt, byte[] s, int sAt, int row, int count) {
    Dsp.store32(s, sAt + ROW, row);
    Dsp.store32(s, sAt + ROWS_HERE, count);
    if (isPacked(p, pAt)) {
      int width = Dsp.load32(p, pAt + WIDTH);
      int input = Dsp.load32(s, sAt + INPUT);
      LinearDsp.expandInt8(x, xAt + row * width, width, s, input, count, width);
    }
  }

  private static boolean isPacked(byte[] p, int pAt) {
    return Dsp.load32(p, pAt + LAYOUT) == WeightLayout.PACKED;
  }

  /** The sums of the tile's rows with the weights of the i-th head. */
  private static void project(
      byte[] p, int pAt, byte[] x, int xAt, byte[] s, int sAt, int weights, int i) {
    int layout = Dsp.load32(p, pAt + LAYOUT);
    int width = Dsp.load32(p, pAt + WIDTH);
    int outputs = Dsp.load32(p, pAt + (weights == QUERY_WEIGHTS ? QUERY_WIDTH : HEAD_SIZE));
    int head = Dsp.load32(s, sAt + HEAD) + i;
    int w = Dsp.load32(p, pAt + weights) + head * WeightLayout.bytes(layout, width, outputs);
    int count = Dsp.load32(s, sAt + ROWS_HERE);
    int sums = Dsp.load32(s, sAt + SUMS);
    boolean packed = isPacked(p, pAt);
    byte[] from = packed ? s : x;
    int at = packed ? Dsp.load32(s, sAt + INPUT) : xAt + Dsp.load32(s, sAt + ROW) * width;
    Linear.sums(layout, p, w, from, at, false, width, s, sums, count, width, outputs);
  }

  /** Where the i-th head's part of KEYS or VALUES lies. */
  private static int place(byte[] p, int pAt, byte[] s, int sAt, int part, int i) {
    int positions = Dsp.load32(s, sAt + POSITIONS);
    int bytes = LinearDsp.weightBytes(positions, Dsp.load32(p, pAt + HEAD_SIZE));
    return Dsp.load32(s, sAt + part) + i * bytes;
  }

  /** Where the i-th head's channels of a table lie. */
  private static int table(byte[] p, int pAt, byte[] s, int sAt, int table, int channels, int i) {
    int head = Dsp.load32(s, sAt + HEAD) + i;
    return Dsp.load32(p, pAt + table) + head * channels * Affine.BYTES;
  }

  /** Keys and values of the tile's rows, for the i-th head. */
  private static void keysAndValues(
      byte[] p, int pAt, byte[] x, int xAt, byte[] s, int sAt, int i) {
    int size = Dsp.load32(p, pAt + HEAD_SIZE);
    int sums = Dsp.load32(s, sAt + SUMS);
    int row = Dsp.load32(s, sAt + ROW);
    int count = Dsp.load32(s, sAt + ROWS_HERE);
    if (!isFused(p, pAt)) {
      project(p, pAt, x, xAt, s, sAt, KEY_WEIGHTS, i);
      int table = table(p, pAt, s, sAt, KEY_TABLE, size, i);
      int right = Dsp.load32(p, pAt + KEY_RIGHT);
      int keys = place(p, pAt, s, sAt, KEYS, i);
      Projection.keys(p, table, right, s, sums, s, keys, row, count, size);
    }
    project(p, pAt, x, xAt, s, sAt, VALUE_WEIGHTS, i);
    int table = table(p, pAt, s, sAt, VALUE_TABLE, size, i);
    int right = Dsp.load32(p, pAt + VALUE_RIGHT);
    int values = place(p, pAt, s, sAt, VALUES, i);
    int positions = Dsp.load32(s, sAt + POSITIONS);
    Projection.values(p, table, right, s, sums, s, values, row, count, size, positions);
  }

  /** From the sums of the tile's queries to the context of the i-th head. */
  private static void attend(byte[] p, int pAt, byte[] x, int xAt, byte[] s, int sAt, int i) {
    int queryWidth = Dsp.load32(p, pAt + QUERY_WIDTH);
    int size = Dsp.load32(p, pAt + HEAD_SIZE);
    int positions = Dsp.load32(s, sAt + POSITIONS);
    int count = Dsp.load32(s, sAt + ROWS_HERE);
    int z = Dsp.load32(s, sAt + SUMS);
    int q = Dsp.load32(s, sAt + QUERIES);
    int table = table(p, pAt, s, sAt, QUERY_TABLE, queryWidth, i);
    Projection.queries(p, table, Dsp.load32(p, pAt + QUERY_RIGHT), s, z, s, q, count, queryWidth);
    int padded = LinearDsp.padded(positions);
    if (isFused(p, pAt)) {
      RowProducts.rows(x, xAt, queryWidth, s, q, s, z, padded << 2, count, positions);
    } else {
      int keys = place(p, pAt, s, sAt, KEYS, i);
      LinearDsp.rows(s, keys, s, q, null, 0, s, z, count, size, padded);
    }
    weights(p, pAt, s, sAt, i);
    int values = place(p, pAt, s, sAt, VALUES, i);
    LinearDsp.rows(s, values, s, z, null, 0, s, q, count, positions, size);
    context(p, pAt, s, sAt, i);
  }

  /** The i-th head's score multiplier; its context unit is the next word. */
  private static int units(byte[] p, int pAt, byte[] s, int sAt, int i) {
    return Dsp.load32(p, pAt + HEAD_UNITS) + (Dsp.load32(s, sAt + HEAD) + i << 3);
  }

  /** Scores of the tile's rows to weights, expanded, and their totals. */
  private static void weights(byte[] p, int pAt, byte[] s, int sAt, int i) {
    int positions = Dsp.load32(s, sAt + POSITIONS);
    int count = Dsp.load32(s, sAt + ROWS_HERE);
    int multiplier = Dsp.load32(p, units(p, pAt, s, sAt, i));
    int exponents = Dsp.load32(p, pAt + EXPONENTS);
    int z = Dsp.load32(s, sAt + SUMS);
    int totals = Dsp.load32(s, sAt + TOTALS);
    for (int row = 0; row < count; row++) {
      int from = z + row * (LinearDsp.padded(positions) << 2);
      int to = LinearDsp.group(z, row, positions);
      int step = LinearDsp.step(row, count);
      int total = SoftmaxInt16.weights(s, from, positions, multiplier, p, exponents, to, step);
      Dsp.store32(s, totals + (row << 2), total);
    }
  }

  private static void context(byte[] p, int pAt, byte[] s, int sAt, int i) {
    int size = Dsp.load32(p, pAt + HEAD_SIZE);
    Context.write(
        s,
        Dsp.load32(s, sAt + QUERIES),
        Dsp.load32(s, sAt + TOTALS),
        Dsp.load32(p, units(p, pAt, s, sAt, i) + 4),
        isPacked(p, pAt),
        Dsp.load32(s, sAt + CONTEXT),
        Dsp.load32(s, sAt + HEADS_HERE) * size,
        i * size,
        Dsp.load32(s, sAt + ROWS_HERE),
        size);
  }

  /** The output projection of these heads' context: where sums begin, or added to what is there. */
  private static void output(byte[] p, int pAt, byte[] y, int yAt, byte[] s, int sAt) {
    int layout = Dsp.load32(p, pAt + LAYOUT);
    int width = Dsp.load32(p, pAt + OUTPUT_WIDTH);
    int size = Dsp.load32(p, pAt + HEAD_SIZE);
    int together = Dsp.load32(p, pAt + HEADS_AT_ONCE);
    int head = Dsp.load32(s, sAt + HEAD);
    int inputs = Dsp.load32(s, sAt + HEADS_HERE) * size;
    int count = Dsp.load32(s, sAt + ROWS_HERE);
    int block = WeightLayout.bytes(layout, together * size, width);
    int w = Dsp.load32(p, pAt + OUTPUT_WEIGHTS) + head / together * block;
    int context = Dsp.load32(s, sAt + CONTEXT);
    int sums = Dsp.load32(s, sAt + SUMS);
    boolean begins = head == 0 && !isOnto(p, pAt);
    byte[] to = begins ? y : s;
    int at = begins ? yAt : sums;
    Linear.sums(layout, p, w, s, context, false, inputs, to, at, count, inputs, width);
    if (!begins) {
      PartialSums.add(s, sums, 4, y, yAt, count * width);
    }
  }
}
