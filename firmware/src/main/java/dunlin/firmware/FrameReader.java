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

  /** Whether what is in is a frame, and has been checked. */
  private boolean whole;

  /** How often bytes were no frame; wraps. */
  private int damaged;

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

  /** Whether a whole frame is in; it stays until {@link #drop}. */
  boolean read() {
    while (!whole) {
      int missing = missing();
      if (!plausible()) {
        dropToSync();
      } else if (missing > 0) {
        if (port.available() < missing) {
          return false;
        }
        filled += port.read(in, filled, missing);
      } else if (intact()) {
        whole = true;
      } else {
        dropToSync();
      }
    }
    return true;
  }

  /** How many more bytes must be readable before {@link #read} can get any further. */
  int missing() {
    return needed() - filled;
  }

  /** Lets the frame go that is in. */
  void drop() {
    drop(needed());
  }

  /** Forgets all that has come in so far. */
  void discard() {
    filled = 0;
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
    return Crc32.load(in, end) == crc.update(0, in, Frame.KIND, end - Frame.KIND);
  }

  private void dropToSync() {
    damaged++;
    int from = 1;
    while (from < filled && in[from] != Frame.SYNC) {
      from++;
    }
    drop(from);
  }

  private void drop(int count) {
    whole = false;
    filled -= count;
    for (int i = 0; i < filled; i++) {
      in[i] = in[count + i];
    }
  }
}
