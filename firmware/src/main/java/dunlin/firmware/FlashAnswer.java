package dunlin.firmware;

/**
 * What came of a {@link FlashOrder}. After {@link FlashOrder#READ} the bytes follow, after {@link
 * FlashOrder#DESCRIBE} what is drawn below them.
 *
 * <pre>
 *  0 {@link Fault} code, 0 where it was done   4 the fault's detail
 *  8 the bytes that were read, or else:
 *  8 type of the board, uint16                10 program unit, uint16
 * 12 bytes of flash for an image              16 bytes of the sector that contains the offset
 * 20 {@link Fault} code of the image in use   24 that fault's detail
 * 28 UID of the MCU, 12 bytes
 * </pre>
 */
public final class FlashAnswer {
  /** Fault code. */
  public static final int FAULT = 0;

  /** Fault detail. */
  public static final int DETAIL = 4;

  /** Bytes that were read. */
  public static final int DATA = 8;

  /** Type of the board. */
  public static final int BOARD = 8;

  /** Program unit. */
  public static final int UNIT = 10;

  /** Bytes of flash. */
  public static final int FLASH_BYTES = 12;

  /** Bytes of the sector. */
  public static final int SECTOR_BYTES = 16;

  /** The image's fault. */
  public static final int IMAGE_FAULT = 20;

  /** The detail of that. */
  public static final int IMAGE_DETAIL = 24;

  /** The MCU's unique identifier. */
  public static final int UID = 28;

  /** Size of a description. */
  public static final int DESCRIPTION_BYTES = 40;

  private FlashAnswer() {}
}
