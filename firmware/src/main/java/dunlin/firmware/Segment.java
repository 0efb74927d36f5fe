package dunlin.firmware;

/**
 * A piece of a buffer that is sent to the host, in order of offsets.
 *
 * <pre>
 *  0 what: a tap's number; 0 for logits
 *  4 offset of the first byte in the whole
 *  8 bytes in the whole
 * 12 up to 240 bytes
 * </pre>
 */
public final class Segment {
  /** What. */
  public static final int WHAT = 0;

  /** Offset. */
  public static final int OFFSET = 4;

  /** Total. */
  public static final int TOTAL = 8;

  /** Data. */
  public static final int DATA = 12;

  /** The most data that a segment carries. */
  public static final int MAX_DATA = 240;

  private Segment() {}
}
