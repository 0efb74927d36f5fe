package dunlin.host.time;

import dunlin.firmware.Frame;
import dunlin.kernels.Dsp;

/** Finds the frames in the bytes that pass by in one direction of a link. */
public final class FrameTally {
  private final Taker taker;
  private final byte[] header = new byte[Frame.PAYLOAD];

  /** Bytes of the next frame's header. */
  private int filled;

  /** Bytes that are still to come of the last frame. */
  private int left;

  /** Takes a frame as soon as its header is through. */
  @FunctionalInterface
  public interface Taker {
    /**
     * A frame passes.
     *
     * @param kind as {@link Frame} has them
     * @param collective that it belongs to, of a {@link Frame#DATA}
     * @param bytes of all of it
     */
    void frame(int kind, int collective, int bytes);
  }

  /** A tally of nothing so far. */
  public FrameTally(Taker taker) {
    this.taker = taker;
  }

  /** Looks at the next {@code count} bytes. */
  public void take(byte[] bytes, int offset, int count) {
    int at = offset;
    while (at < offset + count) {
      int skipped = Math.min(left, offset + count - at);
      left -= skipped;
      at += skipped;
      if (at < offset + count) {
        take(bytes[at++]);
      }
    }
  }

  private void take(byte next) {
    header[filled] = next;
    if (filled > 0 || next == Frame.SYNC) {
      filled++;
    }
    if (filled == Frame.PAYLOAD) {
      filled = 0;
      left = Math.min(Dsp.loadU16(header, Frame.LENGTH), Frame.MAX_PAYLOAD) + Frame.CRC_BYTES;
      taker.frame(header[Frame.KIND], Dsp.loadU16(header, Frame.OP_INDEX), Frame.PAYLOAD + left);
    }
  }
}
