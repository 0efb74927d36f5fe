package dunlin.firmware;

/**
 * Why a node refuses: a code and one word of detail. The host has the words for people.
 *
 * <pre>
 *  0 code
 *  4 detail
 * </pre>
 */
public final class Fault {
  /** Code. */
  public static final int CODE = 0;

  /** Detail. */
  public static final int DETAIL = 4;

  /** Size. */
  public static final int BYTES = 8;

  /** No fault. */
  public static final int NONE = 0;

  /** No image is there: the flash does not start with the magic word. Detail: what it reads. */
  public static final int NO_IMAGE = 1;

  /** The image's format is another. Detail: its version. */
  public static final int IMAGE_FORMAT = 2;

  /** The image's header does not match its CRC, or contradicts itself. Detail: where. */
  public static final int IMAGE_HEADER = 3;

  /** The image's body does not match its CRC. Detail: the CRC that was computed. */
  public static final int IMAGE_BODY = 4;

  /** A RAM region is smaller than the image needs. Detail: the region. */
  public static final int RAM_TOO_SMALL = 5;

  /**
   * The program has an op that this firmware does not know, or of a wrong size. Detail: its index.
   */
  public static final int UNKNOWN_OP = 6;

  /** A frame of a kind that a node does not take. Detail: the kind. */
  public static final int UNKNOWN_FRAME = 7;

  /** The number of rows is 0, more than the image allows, or not the frame's. Detail: rows. */
  public static final int ROWS = 9;

  /** The position leaves a gap or exceeds the context. Detail: the first allowed position. */
  public static final int POSITION = 10;

  /** A token is not in the vocabulary. Detail: the token. */
  public static final int TOKEN = 11;

  /** Temperature or top-k is out of range. Detail: the value. */
  public static final int SAMPLING = 12;

  /** A child has booted since its HELLO: its caches are empty. Detail: its port. */
  public static final int CHILD_RESET = 13;

  /** A frame of a collective came that was not its turn. Detail: port · 65536 + collective. */
  public static final int OUT_OF_STEP = 14;

  /** A neighbour has sent nothing for too long while a pass waited for it. Detail: the port. */
  public static final int LOST_PEER = 15;

  /** The image's weights are packed for another core. Detail: their layout. */
  public static final int WEIGHT_LAYOUT = 16;

  /** The image is for another type of board. Detail: that type, {@link ImageHeader#BOARD}. */
  public static final int OTHER_BOARD = 17;

  /** A node runs a pass, and does nothing else. Detail: the op that it has come to. */
  public static final int BUSY = 18;

  /** Nobody has answered at a port on an order's way. Detail: the port. */
  public static final int NO_NODE = 19;

  /** The flash cannot be erased or programmed by the board itself there. Detail: the offset. */
  public static final int FIXED_FLASH = 20;

  /** A {@link FlashOrder} that a node does not take. Detail: the operation. */
  public static final int UNKNOWN_ORDER = 21;

  /**
   * A piece of input that does not follow what is there, or a pass without all of its input.
   * Detail: the bytes that are there.
   */
  public static final int INPUT = 22;

  /** A token's type is not in the table of types. Detail: the type. */
  public static final int TYPE = 23;

  private Fault() {}
}
