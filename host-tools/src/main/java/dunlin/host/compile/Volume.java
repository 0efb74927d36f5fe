package dunlin.host.compile;

import dunlin.firmware.Frame;

/**
 * What a link carries.
 *
 * @param frames how many
 * @param bytes of them, headers and CRCs included
 */
public record Volume(long frames, long bytes) {
  /** Nothing. */
  public static final Volume NONE = new Volume(0, 0);

  /** Header and CRC of a frame. */
  private static final int FRAME_BYTES = Frame.PAYLOAD + Frame.CRC_BYTES;

  /** So many frames with so many bytes of payload in all. */
  static Volume of(long frames, long payload) {
    return new Volume(frames, payload + FRAME_BYTES * frames);
  }

  /** Both. */
  public Volume plus(Volume other) {
    return new Volume(frames + other.frames, bytes + other.bytes);
  }

  /** This, so many times. */
  Volume times(long count) {
    return new Volume(count * frames, count * bytes);
  }
}
