package dunlin.firmware;

import dunlin.kernels.Dsp;

/**
 * The start of an image: one node's program, memory needs, weights and tables. Little-endian; every
 * part is aligned to four bytes; offsets count from the start of the image.
 *
 * <pre>
 *  0 magic "DNLN"
 *  4 format version, uint16   6 header bytes, uint16
 *  8 image bytes
 * 12 CRC-32 of the header, this word left out
 * 16 CRC-32 of all that follows the header
 * 20 model hash, 8 bytes      28 plan hash, 8 bytes
 * 36 rank, uint16            38 nodes, uint16
 * 40 {@link dunlin.kernels.WeightLayout} of the weights, uint16
 * 42 the type of board that it is for, uint16: {@link dunlin.hal.Board#type}
 * 44 offset of the program    48 bytes of the program
 * 52 most rows a pass         56 context             60 vocabulary
 * 64 bytes of RAM in region 0, 1, 2, 3
 * 80 buffer of a pass's tokens, int32 [most rows]
 * 84 buffer of the result, {@link Result}
 * 88 the largest top-k, uint16
 * 90 the port of the parent, uint16: 0 at the root, for the console is port 0
 * 92 ports of the children, a bit each
 * 96 milliseconds that a pass waits for a neighbour
 * 100 buffer of an {@link Outbox} for each port that is wired
 * 104 buffer of the {@link Input}      108 its bytes
 * 112 rows of the table of types, where tokens come as the input; else 0
 * </pre>
 *
 * A buffer is one word: its region in the top four bits (0 is the image itself, 1 + r is RAM region
 * r), its offset in the rest. See {@link Memory}.
 */
public final class ImageHeader {
  /** "DNLN" as it is loaded. */
  public static final int MAGIC_VALUE = 0x4E4C4E44;

  /**
   * The format that this source describes: 2 since an addition and a linear layer have strides, and
   * passes may have an input; 3 since that may be tokens, an embedding may be added to the stream,
   * and attention has an output width.
   */
  public static final int FORMAT_VERSION = 3;

  /** RAM regions that an image can use. */
  public static final int RAM_REGIONS = 4;

  /** Magic. */
  public static final int MAGIC = 0;

  /** Format version. */
  public static final int FORMAT = 4;

  /** Header bytes. */
  public static final int HEADER_BYTES = 6;

  /** Image bytes. */
  public static final int IMAGE_BYTES = 8;

  /** CRC of the header. */
  public static final int HEADER_CRC = 12;

  /** CRC of the body. */
  public static final int BODY_CRC = 16;

  /** Model hash. */
  public static final int MODEL_HASH = 20;

  /** Plan hash. */
  public static final int PLAN_HASH = 28;

  /** Rank. */
  public static final int RANK = 36;

  /** Number of nodes. */
  public static final int NODES = 38;

  /** Layout of the weights. */
  public static final int LAYOUT = 40;

  /** Type of board. */
  public static final int BOARD = 42;

  /** Program. */
  public static final int PROGRAM = 44;

  /** Bytes of the program. */
  public static final int PROGRAM_BYTES = 48;

  /** Most rows a pass. */
  public static final int MAX_ROWS = 52;

  /** Positions that the caches hold. */
  public static final int CONTEXT = 56;

  /** Tokens. */
  public static final int VOCABULARY = 60;

  /** Bytes of RAM for each region. */
  public static final int RAM_BYTES = 64;

  /**
   * Buffer of a pass's tokens, {@link Op#NO_BUFFER} where there are none. Requests bring them;
   * where {@link #TYPES} is not 0 the input does, which they begin at the root, and at other nodes
   * a broadcast.
   */
  public static final int TOKENS = 80;

  /** Buffer of the result. */
  public static final int RESULT = 84;

  /** The largest top-k that a request may ask for. */
  public static final int MAX_TOP_K = 88;

  /** The port on which the parent is. */
  public static final int PARENT = 90;

  /** The ports on which children are, a bit each. */
  public static final int CHILDREN = 92;

  /** Milliseconds that a pass waits for a neighbour. */
  public static final int PATIENCE = 96;

  /** Buffer of the outboxes. */
  public static final int OUTBOXES = 100;

  /** Buffer of what {@link Frame#INPUT}s bring; {@link Op#NO_BUFFER} where there are none. */
  public static final int INPUT = 104;

  /** Bytes of it that a pass takes. */
  public static final int INPUT_BYTES = 108;

  /**
   * Rows of the table of types, at least 1, where the input is text ({@link Input}); 0 where not.
   */
  public static final int TYPES = 112;

  /** Size. */
  public static final int BYTES = 116;

  private ImageHeader() {}

  /** Whether requests bring a token for each row. */
  static boolean requestsHaveTokens(byte[] image) {
    return Dsp.load32(image, TOKENS) != Op.NO_BUFFER && Dsp.load32(image, TYPES) == 0;
  }

  /** The ports that are wired, a bit each: the console, the parent's and the children's. */
  public static int wired(byte[] image) {
    return wired(Dsp.loadU16(image, PARENT), Dsp.load32(image, CHILDREN));
  }

  /** The same of a header that is still to be written. */
  public static int wired(int parent, int children) {
    return 1 | 1 << parent | children;
  }

  /** The CRC-32 of a header: every byte but the word that holds it. */
  public static int headerCrc(byte[] image, Crc32 crc) {
    int before = crc.update(0, image, 0, HEADER_CRC);
    int after = HEADER_CRC + 4;
    return crc.update(before, image, after, BYTES - after);
  }
}
