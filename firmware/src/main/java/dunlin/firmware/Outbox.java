package dunlin.firmware;

import dunlin.kernels.Copy;
import dunlin.kernels.Unchecked;

/**
 * A link's frames that are on their way out, or may have to go again: the last few that were sent,
 * and behind them a frame without payload that is never sent again.
 */
@Unchecked
public final class Outbox {
  private static final int BARE_BYTES = Frame.PAYLOAD + Frame.CRC_BYTES;

  private final byte[] bytes;
  private final int start;
  private final int places;

  /** Which place the next frame takes. */
  private int next;

  /**
   * An empty outbox.
   *
   * @param bytes where it lies
   * @param start its first byte of those, a multiple of 4
   * @param places how many frames it keeps, at most {@link Frame#WINDOW}
   */
  public Outbox(byte[] bytes, int start, int places) {
    this.bytes = bytes;
    this.start = start;
    this.places = places;
  }

  /** What an outbox takes that keeps so many frames. */
  public static int bytes(int places) {
    return places * Frame.MAX_BYTES + BARE_BYTES;
  }

  /** Where frames lie. */
  byte[] bytes() {
    return bytes;
  }

  /** How many frames it keeps. */
  int places() {
    return places;
  }

  /** Keeps {@code count} bytes of a frame in the place of the oldest; where they lie. */
  int add(byte[] frame, int count) {
    int at = start + next * Frame.MAX_BYTES;
    next = next + 1 == places ? 0 : next + 1;
    Copy.bytes(frame, 0, bytes, at, count);
    return at;
  }

  /**
   * Where a frame lies.
   *
   * @param ago 1 for the last that was added, at most {@link #places}
   */
  int at(int ago) {
    int place = next < ago ? next - ago + places : next - ago;
    return start + place * Frame.MAX_BYTES;
  }

  /** Where a frame without payload lies. */
  int bare() {
    return start + places * Frame.MAX_BYTES;
  }
}
