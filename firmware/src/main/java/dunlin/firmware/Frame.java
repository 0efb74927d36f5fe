package dunlin.firmware;

import dunlin.hal.Framing;

/**
 * What travels on every link, host's and boards' alike. Little-endian.
 *
 * <pre>
 *  0        1        2        3
 * +--------+--------+-----------------+
 * | sync   | kind   | payload length  |
 * +--------+--------+--------+--------+
 * | seq    | ack    | credit | epoch  |
 * +--------+--------+--------+--------+
 * | op index        | position        |
 * +-----------------+-----------------+
 * | payload, 0 to 256 bytes           |
 * +-----------------------------------+
 * | CRC-32 of all bytes but sync      |
 * +-----------------------------------+
 * </pre>
 *
 * <dl>
 *   <dt>seq
 *   <dd>counts the frames of one direction, modulo 256; a HELLO starts it at 0
 *   <dt>ack
 *   <dd>the seq of the last frame received in order
 *   <dt>credit
 *   <dd>how many frames beyond that the sender of this one can take
 *   <dt>epoch
 *   <dd>changes with each HELLO of the host, so that a frame from before is known; never 0, which
 *       is that of a node before its first HELLO
 *   <dt>op index, position
 *   <dd>the collective, and the first position of the pass, to which the payload belongs
 * </dl>
 */
public final class Frame {
  /** First byte of every frame. */
  public static final byte SYNC = (byte) 0xD7;

  /**
   * The CRC that a sync byte makes 0: the CRC of all bytes but sync, which lie across words, is
   * that of the whole words of a frame that continues from here.
   */
  static final int BEFORE_SYNC = 0x0F6A70F1;

  /** Offsets. */
  public static final int KIND = 1;

  /** Payload length, uint16. */
  public static final int LENGTH = Framing.LENGTH;

  /** Sequence number. */
  public static final int SEQUENCE = 4;

  /** Acknowledged sequence number. */
  public static final int ACKNOWLEDGED = 5;

  /** Frames that may follow. */
  public static final int CREDIT = 6;

  /** Epoch. */
  public static final int EPOCH = 7;

  /** Op index, uint16. */
  public static final int OP_INDEX = 8;

  /** Position, uint16. */
  public static final int POSITION = 10;

  /** Where the payload starts: the header's size. */
  public static final int PAYLOAD = Framing.HEADER_BYTES;

  /** Size of the CRC. */
  public static final int CRC_BYTES = Framing.TRAILER_BYTES;

  /** The largest payload. */
  public static final int MAX_PAYLOAD = Framing.MAX_PAYLOAD;

  /** The largest frame. */
  public static final int MAX_BYTES = PAYLOAD + MAX_PAYLOAD + CRC_BYTES;

  /** Host to node: who are you? Empty. Node to host: {@link Hello}. */
  public static final int HELLO = 1;

  /** Host to node: run the program for these tokens, {@link Request}. */
  public static final int REQUEST = 2;

  /** Node to host: the pass is done, {@link Result}. */
  public static final int RESULT = 3;

  /** Node to host: a piece of the logits, {@link Segment}. */
  public static final int LOGITS = 4;

  /** Node to host: a piece of a tapped buffer, {@link Segment}. */
  public static final int TAP = 5;

  /** Node to host: the request was not carried out, {@link Fault}. */
  public static final int FAULT = 6;

  /** Between nodes: a piece of what a collective moves; the op index names the collective. */
  public static final int DATA = 7;

  /** Acknowledgement and credit alone, where no frame goes that way; seq is the next frame's. */
  public static final int ACK = 8;

  /** An ACK that asks for all that was sent and is not acknowledged by it, or else for an ACK. */
  public static final int PROBE = 9;

  /** Host to node: how do your links fare? Empty. Node to host, for each link: {@link Status}. */
  public static final int STATUS = 10;

  /** Host to node: {@link FlashOrder}. Node to host: {@link FlashAnswer}. */
  public static final int FLASH = 11;

  /** Host to root: a piece of a pass's input, as many words into it as the position says. */
  public static final int INPUT = 12;

  /** No kind is larger. */
  public static final int MAX_KIND = 15;

  /** Frames that a receive queue holds, which is a node's credit, and that a sender keeps. */
  public static final int WINDOW = 3;

  private Frame() {}
}
