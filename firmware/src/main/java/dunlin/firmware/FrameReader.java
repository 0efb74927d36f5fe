package dunlin.firmware;

import dunlin.hal.Port;
import dunlin.kernels.Dsp;
import dunlin.kernels.Unchecked;

/**
 * Finds frames in the bytes that come in at a port. One frame is held at a time; bytes that are no
 * frame are skipped up to the next sync byte.
 */
@Unchecked
final class FrameReader {
  private final Port port;
  private final Crc32 crc;
  private final byte[] in = new byte[Frame.MAX_BYTES];
  private int filled;

  /** How many more bytes must be readable before {@link #read} can get any further. */
  private int missing = Frame.PAYLOAD;

  /** Whether what is in is a frame, and has been checked. */
  private boolean whole;

  /** How often bytes were no frame; wraps. */
  private int damaged;

  /** Bytes received so far; wraps. */
  private int bytes;

  FrameReader(Port port, Crc32 crc) {
    this.port = port;
    this.crc = crc;
  }

  /** The frame that {@link #read} found. */
  byte[] frame() {
    return in;
  }

  /** How often bytes were no frame since boot; wraps. */
  int damaged() {
    return damaged;
  }

  /** Bytes received since boot, but for those {@link #discard}ed; wraps. */
  int bytes() {
    return bytes;
  }

  /** Whether a whole frame is in; it stays until {@link #drop}. */
  boolean read() {
    while (!whole && port.available() >= missing) {
      advance();
    }
    return whole;
  }

  /** Takes what there is: as a rule a whole frame, and nothing of the next. */
  private void advance() {
    int count = port.read(in, filled, in.length - filled);
    filled += count;
    bytes += count;
    missing = needed() - filled;
    if (!plausible() || missing <= 0 && !intact()) {
      dropToSync();
    } else {
      whole = missing <= 0;
    }
  }

  /** How many more bytes must be readable before {@link #read} can get any further. */
  int missing() {
    return missing;
  }

  /** Whether those begin with a frame's header. */
  boolean atStart() {
    return filled == 0;
  }

  /** Lets the frame go that is in. */
  void drop() {
    drop(needed());
    if (!plausible()) {
      dropToSync();
    }
  }

  /** Forgets all that has come in so far. */
  void discard() {
    filled = 0;
    missing = Frame.PAYLOAD;
    whole = false;
    int count;
    do {
      count = port.read(in, 0, in.length);
    } while (count > 0);
  }

  /** Gives up on the beginning of a frame whose rest does not come. */
  void giveUp() {
    while (!read() && filled > 0) {
      dropToSync();
    }
  }

  /**
   * Whether what is in can be the start of a frame. The more strictly, the better: a sync byte in
   * the rest of a damaged frame would swallow a good one.
   */
  private boolean plausible() {
    if (filled == 0) {
      return true;
    }
    return in[0] == Frame.SYNC && (filled < Frame.PAYLOAD || plausibleHeader());
  }

  private boolean plausibleHeader() {
    return Dsp.loadU16(in, Frame.LENGTH) <= Frame.MAX_PAYLOAD
        && (in[Frame.KIND] & 0xff) <= Frame.MAX_KIND
        && (in[Frame.CREDIT] & 0xff) <= Frame.WINDOW;
  }

  /** Bytes to the end of the header, or of the frame once its header is in. */
  private int needed() {
    return filled < Frame.PAYLOAD
        ? Frame.PAYLOAD
        : Frame.PAYLOAD + Dsp.loadU16(in, Frame.LENGTH) + Frame.CRC_BYTES;
  }

  private boolean intact() {
    int end = needed() - Frame.CRC_BYTES;
    return Crc32.load(in, end) == crc.update(Frame.BEFORE_SYNC, in, 0, end);
  }

  /** Drops what is no frame, up to what may be the start of one. Zeros are silence, no damage. */
  private void dropToSync() {
    do {
      int from = 1;
      if (in[0] == 0) {
        while (from < filled && in[from] == 0) {
          from++;
        }
      } else {
        damaged++;
        while (from < filled && in[from] != Frame.SYNC) {
          from++;
        }
      }
      drop(from);
    } while (!plausible());
  }

  private void drop(int count) {
    whole = false;
    filled -= count;
    for (int i = 0; i < filled; i++) {
      in[i] = in[count + i];
    }
    missing = needed() - filled;
  }
}
