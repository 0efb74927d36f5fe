package dunlin.firmware;

/**
 * What the host wants of the flash of one node, wherever in the flock that is: the way there is the
 * port of each hop, from the root on, so that nodes without an image can be reached. Only the part
 * of the flash that holds the image is meant. The frame's position is a number by which the host
 * knows the {@link FlashAnswer}.
 *
 * <pre>
 *  0 operation, uint8     1 hops that it has gone, uint8
 *  2 hops in all, uint8   3 bytes to read or to program, uint8
 *  4 offset in that part of the flash
 *  8 the port of each hop, uint8; then, from a multiple of 4 on, the bytes to program
 * </pre>
 */
public final class FlashOrder {
  /** What the board is, and whether its image is good. */
  public static final int DESCRIBE = 1;

  /** Some bytes. */
  public static final int READ = 2;

  /** Erases the sector that contains the offset; the node has no image from then on. */
  public static final int ERASE = 3;

  /** Programs bytes where flash is erased; the node has no image from then on. */
  public static final int PROGRAM = 4;

  /** Boots anew, to take another image into use. That the node has booted is the answer. */
  public static final int RESTART = 5;

  /** Most bytes that are read or programmed at once: whole units on every board. */
  public static final int MAX_DATA = 128;

  /** Operation. */
  public static final int OPERATION = 0;

  /** Hops gone. */
  public static final int GONE = 1;

  /** Hops. */
  public static final int HOPS = 2;

  /** Bytes. */
  public static final int COUNT = 3;

  /** Offset. */
  public static final int OFFSET = 4;

  /** Ports. */
  public static final int PATH = 8;

  /** Most hops that leave room for {@link #MAX_DATA}. */
  public static final int MAX_HOPS = Frame.MAX_PAYLOAD - PATH - MAX_DATA;

  private FlashOrder() {}

  /** Where the bytes to program begin. */
  public static int data(int hops) {
    return PATH + hops + 3 & ~3;
  }
}
