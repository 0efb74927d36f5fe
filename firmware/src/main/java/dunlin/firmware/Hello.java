package dunlin.firmware;

/**
 * A node's answer to HELLO: what it is and what it holds.
 *
 * <pre>
 *  0 protocol version      4 firmware version
 *  8 {@link Fault} code of its image, 0 for a good one
 * 12 the fault's detail
 * 16 rank, uint16         18 nodes, uint16
 * 20 model hash, 8 bytes  28 plan hash, 8 bytes   36 CRC-32 of the image
 * 40 most rows a pass     44 context              48 vocabulary
 * 52 UID of the MCU, 12 bytes
 * </pre>
 *
 * Without a good image the words from 16 to 48 are 0.
 */
public final class Hello {
  /** The protocol that this source speaks. */
  public static final int PROTOCOL_VERSION = 1;

  /** This firmware: major · 65536 + minor. */
  public static final int FIRMWARE_VERSION = 0x00000001;

  /** Protocol version. */
  public static final int PROTOCOL = 0;

  /** Firmware version. */
  public static final int FIRMWARE = 4;

  /** Fault code. */
  public static final int FAULT = 8;

  /** Fault detail. */
  public static final int DETAIL = 12;

  /** Rank. */
  public static final int RANK = 16;

  /** Number of nodes. */
  public static final int NODES = 18;

  /** Model hash. */
  public static final int MODEL_HASH = 20;

  /** Plan hash. */
  public static final int PLAN_HASH = 28;

  /** CRC-32 of the image's body. */
  public static final int IMAGE_CRC = 36;

  /** Most rows in a pass. */
  public static final int MAX_ROWS = 40;

  /** Positions that the caches hold. */
  public static final int CONTEXT = 44;

  /** Tokens. */
  public static final int VOCABULARY = 48;

  /** The MCU's unique identifier. */
  public static final int UID = 52;

  /** Size. */
  public static final int BYTES = 64;

  private Hello() {}
}
