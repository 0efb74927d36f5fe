package dunlin.firmware;

import dunlin.kernels.Activation;
import dunlin.kernels.Attention;
import dunlin.kernels.GatedActivation;
import dunlin.kernels.MeanPooling;
import dunlin.kernels.RmsNorm;
import dunlin.kernels.SelfAttention;

/**
 * The ops of a program. A record starts with the word {@code code | bytes << 8}; the fields follow,
 * a word each, at the offsets below. A field named after a buffer holds a buffer word ({@link
 * Memory}), {@link #NO_BUFFER} for none; PARAMETERS is where a kernel's own parameter block starts.
 * ROWS says for which rows an op runs: {@link #ALL} rows of the pass, the {@link #LAST}, {@link
 * #ALL_BUT_LAST}, a {@link #tile}, or, as a negative number, for so many. LAYOUT is the weights'
 * {@link dunlin.kernels.WeightLayout}.
 *
 * <p>The host's table of ops (its names, for listings) is checked against this class by a test.
 */
public final class Op {
  /** A field without a buffer. */
  public static final int NO_BUFFER = -1;

  /** A port that is not there. */
  public static final int NO_PORT = -1;

  /** ROWS: every row of the pass. */
  public static final int ALL = 0;

  /** ROWS: one row, the pass's last where the input has them all. */
  public static final int LAST = 1;

  /**
   * ROWS, of ops that compute: every row but the pass's last, where an encoder has its class token.
   */
  public static final int ALL_BUT_LAST = 2;

  /** ROWS: set in that of a {@link #tile}; its first row, then its number of rows, below. */
  private static final int TILE = 1 << 30;

  private static final int TILE_BITS = 15;

  /** The most rows of a pass of which there are tiles, and the most of a tile. */
  public static final int MOST_TILED = (1 << TILE_BITS) - 1;

  /** Codes are 1 to this. */
  public static final int LAST_CODE = 26;

  private Op() {}

  /**
   * ROWS, of ops that compute: {@code count} of the pass's rows from {@code first} on, or as many
   * of these as the pass has; of none the op does nothing. Buffers begin with the tile.
   *
   * @param first 0 to {@link #MOST_TILED}
   * @param count 1 to {@link #MOST_TILED}
   */
  public static int tile(int first, int count) {
    return TILE | first << TILE_BITS | count;
  }

  /** Whether ROWS is a {@link #tile}. */
  public static boolean isTile(int which) {
    return which >= TILE;
  }

  /** The first row of a tile. */
  public static int tileFirst(int which) {
    return which >> TILE_BITS & MOST_TILED;
  }

  /** The rows of a tile where the pass has them all. */
  public static int tileRows(int which) {
    return which & MOST_TILED;
  }

  /**
   * How many rows an op runs for.
   *
   * @param which its ROWS
   * @param rows of the pass
   */
  public static int rows(int which, int rows) {
    if (which <= ALL) {
      return which == ALL ? rows : -which;
    }
    if (isTile(which)) {
      int left = rows - tileFirst(which);
      int most = tileRows(which);
      return left < 0 ? 0 : left < most ? left : most;
    }
    return which == LAST ? 1 : rows - 1;
  }

  /**
   * Tokens to the residual stream: {@link dunlin.kernels.Embedding}. Without TOKENS, WEIGHTS are
   * the rows that {@link Fetch} brought, each behind its multiplier. ONTO is 0 where OUTPUT begins
   * with them, 1 where they are added to what it holds.
   */
  public static final class Embed {
    public static final int CODE = 1;
    public static final int TOKENS = 4;
    public static final int WEIGHTS = 8;
    public static final int MULTIPLIERS = 12;
    public static final int OUTPUT = 16;
    public static final int WIDTH = 20;
    public static final int LAYOUT = 24;
    public static final int RIGHT = 28;
    public static final int ONTO = 32;
    public static final int BYTES = 36;

    private Embed() {}
  }

  /** Cosines and sines of the pass's positions: {@link dunlin.kernels.Rotary#angles}. */
  public static final class Angles {
    public static final int CODE = 2;
    public static final int SINE = 4;
    public static final int FREQUENCIES = 8;
    public static final int OUTPUT = 12;
    public static final int HEAD_SIZE = 16;
    public static final int BYTES = 20;

    private Angles() {}
  }

  /** Residual stream to int8: {@link RmsNorm}. */
  public static final class Norm {
    public static final int CODE = 3;
    public static final int INPUT = 4;
    public static final int OUTPUT = 8;
    public static final int SCALES = 12;
    public static final int ROWS = 16;
    public static final int PARAMETERS = 20;
    public static final int BYTES = PARAMETERS + RmsNorm.BYTES;

    private Norm() {}
  }

  /**
   * int8 or int16 activations to int32 sums, weights in any layout. Input rows are STRIDE bytes
   * apart: those of a convolution overlap, and none is copied.
   */
  public static final class Linear {
    public static final int CODE = 4;
    public static final int INPUT = 4;
    public static final int WEIGHTS = 8;
    public static final int BIAS = 12;
    public static final int OUTPUT = 16;
    public static final int SCRATCH = 20;
    public static final int ROWS = 24;
    public static final int INPUTS = 28;
    public static final int OUTPUTS = 32;
    public static final int INPUT_BITS = 36;
    public static final int LAYOUT = 40;
    public static final int STRIDE = 44;
    public static final int BYTES = 48;

    private Linear() {}
  }

  /** Sums to fixed point, in place: {@link dunlin.kernels.Requantise#rows}. */
  public static final class Rescale {
    public static final int CODE = 5;
    public static final int DATA = 4;
    public static final int MULTIPLIERS = 8;
    public static final int BIAS = 12;
    public static final int SCALES = 16;
    public static final int ROWS = 20;
    public static final int CHANNELS = 24;
    public static final int LEFT = 28;
    public static final int SHIFT = 32;
    public static final int BYTES = 36;

    private Rescale() {}
  }

  /** Turns queries in place and quantises them: {@link Attention#query}. */
  public static final class Query {
    public static final int CODE = 6;
    public static final int INPUT = 4;
    public static final int ANGLES = 8;
    public static final int OUTPUT = 12;
    public static final int HEADS = 16;
    public static final int HEAD_SIZE = 20;
    public static final int STRIDE = 24;
    public static final int BYTES = 28;

    private Query() {}
  }

  /** Turns keys in place and caches them: {@link dunlin.kernels.KvCache#writeKey}. */
  public static final class Key {
    public static final int CODE = 7;
    public static final int INPUT = 4;
    public static final int ANGLES = 8;
    public static final int CACHE = 12;
    public static final int KV_HEADS = 16;
    public static final int HEAD_SIZE = 20;
    public static final int CAPACITY = 24;
    public static final int STRIDE = 28;
    public static final int BYTES = 32;

    private Key() {}
  }

  /** Caches values: {@link dunlin.kernels.KvCache#writeValue}. */
  public static final class Value {
    public static final int CODE = 8;
    public static final int INPUT = 4;
    public static final int CACHE = 8;
    public static final int KV_HEADS = 12;
    public static final int HEAD_SIZE = 16;
    public static final int CAPACITY = 20;
    public static final int STRIDE = 24;
    public static final int BYTES = 28;

    private Value() {}
  }

  /** {@link Attention#rows}. */
  public static final class Attend {
    public static final int CODE = 9;
    public static final int QUERIES = 4;
    public static final int CACHE = 8;
    public static final int OUTPUT = 12;
    public static final int SCRATCH = 16;
    public static final int EXPONENTS = 20;
    public static final int PARAMETERS = 24;
    public static final int BYTES = PARAMETERS + Attention.BYTES;

    private Attend() {}
  }

  /** {@link GatedActivation#rows}. */
  public static final class Gate {
    public static final int CODE = 10;
    public static final int INPUT = 4;
    public static final int OUTPUT = 8;
    public static final int DIFFERENCES = 12;
    public static final int PARAMETERS = 16;
    public static final int BYTES = PARAMETERS + GatedActivation.BYTES;

    private Gate() {}
  }

  /**
   * Adds sums to channels of the residual stream: {@link dunlin.kernels.Residual}. Rows of the sums
   * follow each other; those of the stream are STRIDE bytes apart.
   */
  public static final class Add {
    public static final int CODE = 11;
    public static final int INPUT = 4;
    public static final int MULTIPLIERS = 8;
    public static final int BIAS = 12;
    public static final int OUTPUT = 16;
    public static final int CHANNELS = 20;
    public static final int LEFT = 24;
    public static final int RIGHT = 28;
    public static final int STRIDE = 32;
    public static final int ROWS = 36;
    public static final int BYTES = 40;

    private Add() {}
  }

  /** Ends the pass here unless a token is asked for: what follows would be wasted on a prompt. */
  public static final class EndPrefill {
    public static final int CODE = 12;
    public static final int BYTES = 4;

    private EndPrefill() {}
  }

  /**
   * Picks from the logits of the last row, this node's slice of them: the best candidate, noise
   * included, or the list of the k best without noise. SCRATCH holds the noise, then the list.
   */
  public static final class Select {
    public static final int CODE = 13;
    public static final int LOGITS = 4;
    public static final int SCRATCH = 8;
    public static final int LOGARITHMS = 12;
    public static final int ROWS = 16;
    public static final int FIRST = 20;
    public static final int COUNT = 24;
    public static final int BYTES = 28;

    private Select() {}
  }

  /**
   * Sends the logits upstream, if the request wants them: this node's slice row by row, then what
   * the children on the ports FROM send. FIRST places the slice in a row of the VOCABULARY; ROUTES
   * is as in {@link Fetch}.
   */
  public static final class SendLogits {
    public static final int CODE = 14;
    public static final int INPUT = 4;
    public static final int ROWS = 8;
    public static final int FIRST = 12;
    public static final int COUNT = 16;
    public static final int VOCABULARY = 20;
    public static final int FROM = 24;
    public static final int ROUTES = 28;
    public static final int BYTES = 32;

    private SendLogits() {}
  }

  /** Copies a buffer out to the host, for inspection. */
  public static final class Tap {
    public static final int CODE = 15;
    public static final int INPUT = 4;
    public static final int ROWS = 8;
    public static final int ROW_BYTES = 12;
    public static final int NUMBER = 16;
    public static final int BYTES = 20;

    private Tap() {}
  }

  /**
   * From the root to all: BUFFER, ROW_BYTES of each row, and SCALES, a word of each row, or {@link
   * #NO_BUFFER}. FROM is the port it comes from, {@link #NO_PORT} at the root; TO the ports it goes
   * to, a bit each.
   */
  public static final class Broadcast {
    public static final int CODE = 16;
    public static final int ID = 4;
    public static final int BUFFER = 8;
    public static final int SCALES = 12;
    public static final int ROWS = 16;
    public static final int ROW_BYTES = 20;
    public static final int FROM = 24;
    public static final int TO = 28;
    public static final int BYTES = 32;

    private Broadcast() {}
  }

  /**
   * From all to the root: sums of int32 CHANNELS a row, on the wire in ELEMENT_BYTES each, 3 or 4.
   * FROM are the ports they come from, a bit each; TO is the port they go to, or {@link #NO_PORT}.
   */
  public static final class Reduce {
    public static final int CODE = 17;
    public static final int ID = 4;
    public static final int BUFFER = 8;
    public static final int CHANNELS = 12;
    public static final int ELEMENT_BYTES = 16;
    public static final int FROM = 20;
    public static final int TO = 24;
    public static final int BYTES = 28;

    private Reduce() {}
  }

  /** From all to the root: the best candidates, one or k. SCRATCH is {@link Select}'s. */
  public static final class Merge {
    public static final int CODE = 18;
    public static final int ID = 4;
    public static final int SCRATCH = 8;
    public static final int FROM = 12;
    public static final int TO = 16;
    public static final int BYTES = 20;

    private Merge() {}
  }

  /** At the root: draws among the k best, if there is a k. */
  public static final class Draw {
    public static final int CODE = 19;
    public static final int SCRATCH = 4;
    public static final int LOGARITHMS = 8;
    public static final int BYTES = 12;

    private Draw() {}
  }

  /**
   * From the owners to the root: the int8 embedding rows of the pass's tokens, each behind its
   * multiplier. A node sends what it owns (FIRST to FIRST + COUNT - 1) and what it was sent. ROUTES
   * has two words for each port: the first token below it, and the one after the last. BUFFER is
   * [rows × (4 + WIDTH)] at the root, and one such row elsewhere.
   */
  public static final class Fetch {
    public static final int CODE = 20;
    public static final int ID = 4;
    public static final int BUFFER = 8;
    public static final int WEIGHTS = 12;
    public static final int MULTIPLIERS = 16;
    public static final int WIDTH = 20;
    public static final int LAYOUT = 24;
    public static final int FIRST = 28;
    public static final int COUNT = 32;
    public static final int FROM = 36;
    public static final int TO = 40;
    public static final int ROUTES = 44;
    public static final int BYTES = 48;

    private Fetch() {}
  }

  /**
   * Residual stream to int8, and to a normalised residual stream: {@link dunlin.kernels.LayerNorm}.
   * Either of OUTPUT, int8 [rows × E], and RESIDUAL, int32 [rows × E], may be {@link #NO_BUFFER};
   * RESIDUAL may be INPUT.
   */
  public static final class LayerNorm {
    public static final int CODE = 21;
    public static final int INPUT = 4;
    public static final int OUTPUT = 8;
    public static final int RESIDUAL = 12;
    public static final int ROWS = 16;
    public static final int PARAMETERS = 20;
    public static final int BYTES = PARAMETERS + dunlin.kernels.LayerNorm.BYTES;

    private LayerNorm() {}
  }

  /** Sums through an activation to int16: {@link Activation#rows}. */
  public static final class Activate {
    public static final int CODE = 22;
    public static final int INPUT = 4;
    public static final int OUTPUT = 8;
    public static final int DIFFERENCES = 12;
    public static final int ROWS = 16;
    public static final int PARAMETERS = 20;
    public static final int BYTES = PARAMETERS + Activation.BYTES;

    private Activate() {}
  }

  /**
   * A node's heads of one layer of an encoder, from int8 [rows × E] to int32 sums [rows × D]:
   * {@link SelfAttention#rows}. Constants are fields of the parameter block; those of a node
   * without heads are {@link #NO_BUFFER}.
   */
  public static final class SelfAttend {
    public static final int CODE = 23;
    public static final int INPUT = 4;
    public static final int OUTPUT = 8;
    public static final int SCRATCH = 12;
    public static final int ROWS = 16;
    public static final int PARAMETERS = 20;
    public static final int BYTES = PARAMETERS + SelfAttention.BYTES;

    private SelfAttend() {}
  }

  /**
   * Rows to one: {@link MeanPooling}. Either of OUTPUT, int8 [E], and MEAN, int32 [E], may be
   * {@link #NO_BUFFER}.
   */
  public static final class Pool {
    public static final int CODE = 24;
    public static final int INPUT = 4;
    public static final int OUTPUT = 8;
    public static final int MEAN = 12;
    public static final int ROWS = 16;
    public static final int PARAMETERS = 20;
    public static final int BYTES = PARAMETERS + MeanPooling.BYTES;

    private Pool() {}
  }

  /** Residual stream to int8 as it is: {@link dunlin.kernels.Affine}. */
  public static final class Quantise {
    public static final int CODE = 25;
    public static final int INPUT = 4;
    public static final int OUTPUT = 8;
    public static final int TABLE = 12;
    public static final int WIDTH = 16;
    public static final int RIGHT = 20;
    public static final int ROWS = 24;
    public static final int BYTES = 28;

    private Quantise() {}
  }

  /** A gain and a bias for each channel of a residual stream: {@link dunlin.kernels.NoNorm}. */
  public static final class NoNorm {
    public static final int CODE = 26;
    public static final int STREAM = 4;
    public static final int TABLE = 8;
    public static final int WIDTH = 12;
    public static final int SHIFT = 16;
    public static final int ROWS = 20;
    public static final int BYTES = 24;

    private NoNorm() {}
  }
}
