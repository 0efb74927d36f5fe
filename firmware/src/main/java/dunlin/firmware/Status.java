package dunlin.firmware;

import dunlin.kernels.Dsp;

/**
 * How a node's link has fared since the node booted; counts wrap.
 *
 * <pre>
 *  0 rank, uint16          2 the link's port, uint16
 *  4 how many links the node has, one Status for each
 *  8 frames sent: each once  12 frames received and taken
 * 16 frames sent again
 * 20 how often bytes were no frame
 * 24 receive errors of the port
 * 28 bytes sent             32 bytes received
 * 36 milliseconds since boot
 * </pre>
 */
public final class Status {
  /** Rank. */
  public static final int RANK = 0;

  /** Port. */
  public static final int PORT = 2;

  /** Links of the node. */
  public static final int LINKS = 4;

  /** Frames sent. */
  public static final int SENT = 8;

  /** Frames received. */
  public static final int RECEIVED = 12;

  /** Frames sent again. */
  public static final int RESENT = 16;

  /** Bytes that were no frame. */
  public static final int DAMAGED = 20;

  /** Errors of the port. */
  public static final int ERRORS = 24;

  /** Bytes sent. */
  public static final int BYTES_SENT = 28;

  /** Bytes received. */
  public static final int BYTES_RECEIVED = 32;

  /** Milliseconds since boot. */
  public static final int UPTIME = 36;

  /** Size. */
  public static final int BYTES = 40;

  private static final int NANOS_PER_MILLI = 1_000_000;

  private Status() {}

  /** Writes the payload of a STATUS. */
  static void write(byte[] out, int rank, Link link, int links, long now) {
    int at = Frame.PAYLOAD;
    Dsp.store16(out, at + RANK, rank);
    Dsp.store16(out, at + PORT, link.number());
    Dsp.store32(out, at + LINKS, links);
    Dsp.store32(out, at + SENT, link.sentFrames());
    Dsp.store32(out, at + RECEIVED, link.receivedFrames());
    Dsp.store32(out, at + RESENT, link.resent());
    Dsp.store32(out, at + DAMAGED, link.damaged());
    Dsp.store32(out, at + ERRORS, link.errors());
    Dsp.store32(out, at + BYTES_SENT, link.sentBytes());
    Dsp.store32(out, at + BYTES_RECEIVED, link.receivedBytes());
    Dsp.store32(out, at + UPTIME, (int) (now / NANOS_PER_MILLI));
  }
}
