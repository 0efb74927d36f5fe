package dunlin.firmware;

/**
 * The regions that buffers lie in: the image in flash, and RAM. A buffer is one word, region and
 * offset:
 *
 * <pre>
 *  31    28 27                                           0
 * +--------+----------------------------------------------+
 * | region |                    offset                    |
 * +--------+----------------------------------------------+
 * </pre>
 *
 * Region 0 is the image, region 1 + r the node's share of RAM region r.
 */
public final class Memory {
  private static final int OFFSET_BITS = 28;

  private final byte[][] regions = new byte[1 + ImageHeader.RAM_REGIONS][];

  /** Memory with nothing but an image. */
  public Memory(byte[] image) {
    regions[0] = image;
  }

  /** The word for a buffer; offset below 2^28. */
  public static int buffer(int region, int offset) {
    return region << OFFSET_BITS | offset;
  }

  /** A buffer's region. */
  public static int region(int buffer) {
    return buffer >>> OFFSET_BITS;
  }

  /** A buffer's offset in its region. */
  public static int offset(int buffer) {
    return buffer & (1 << OFFSET_BITS) - 1;
  }

  /** The image. */
  byte[] image() {
    return regions[0];
  }

  /** The array in which a buffer lies; null for {@link Op#NO_BUFFER}. */
  byte[] array(int buffer) {
    return buffer == Op.NO_BUFFER ? null : regions[region(buffer)];
  }

  /** Gives RAM region {@code ram} its bytes. */
  void place(int ram, byte[] bytes) {
    regions[1 + ram] = bytes;
  }
}
