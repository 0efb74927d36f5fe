package dunlin.host.run;

import dunlin.boards.Refusal;
import dunlin.firmware.Frame;
import dunlin.firmware.Segment;
import dunlin.kernels.Dsp;

/** Puts the nodes' {@link Segment}s of logits together, in whatever order they come. */
final class LogitPieces {
  private final int most;
  private byte[] bytes = new byte[0];
  private int filled;

  /**
   * Nothing yet.
   *
   * @param most bytes of logits that a pass can bring
   */
  LogitPieces(int most) {
    this.most = most;
  }

  /** Adds the segment in {@code frame}. */
  void add(byte[] frame) {
    int offset = Dsp.load32(frame, Frame.PAYLOAD + Segment.OFFSET);
    int total = Dsp.load32(frame, Frame.PAYLOAD + Segment.TOTAL);
    int count = Dsp.loadU16(frame, Frame.LENGTH) - Segment.DATA;
    if (bytes.length == 0 && total > 0 && total <= most) {
      bytes = new byte[total];
    }
    if (total != bytes.length || offset < 0 || count < 0 || offset > total - count) {
      throw new Refusal(
          "the node sent " + count + " bytes of logits at " + offset + " of " + total,
          "bring host and firmware to one version");
    }
    System.arraycopy(frame, Frame.PAYLOAD + Segment.DATA, bytes, offset, count);
    filled += count;
  }

  /** All logits; a gap is a refusal. */
  byte[] bytes() {
    if (filled != bytes.length) {
      throw new Refusal("of " + bytes.length + " bytes of logits " + filled + " came", "run again");
    }
    return bytes;
  }
}
