package dunlin.hal;

/**
 * What a board knows of the frames that its ports carry, so that it can sleep until one is whole: a
 * header with the payload's length, payload, and trailer.
 */
public final class Framing {
  /** Size of the header. */
  public static final int HEADER_BYTES = 12;

  /** Where in the header the payload's length is: two bytes, little-endian. */
  public static final int LENGTH = 2;

  /** The largest payload. */
  public static final int MAX_PAYLOAD = 256;

  /** Size of the trailer. */
  public static final int TRAILER_BYTES = 4;

  private Framing() {}
}
