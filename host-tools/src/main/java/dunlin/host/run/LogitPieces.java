package dunlin.host.run;

import dunlin.boards.Refusal;
import dunlin.firmware.Frame;
import dunlin.firmware.Segment;
import dunlin.kernels.Dsp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Puts the nodes' {@link Segment}s of logits together, in whatever order they come; memory grows
 * with what has come, not what is said.
 */
final class LogitPieces {
  private final int most;
  private final List<Piece> pieces = new ArrayList<>();
  private int total;
  private int filled;

  private record Piece(int offset, byte[] bytes) {}

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
    int said = Dsp.load32(frame, Frame.PAYLOAD + Segment.TOTAL);
    int count = Dsp.loadU16(frame, Frame.LENGTH) - Segment.DATA;
    if (pieces.isEmpty() && said > 0 && said <= most) {
      total = said;
    }
    if (said != total
        || offset < 0
        || count < 0
        || offset > total - count
        || count > total - filled) {
      throw new Refusal(
          "the node sent " + count + " bytes of logits at " + offset + " of " + said,
          "bring host and firmware to one version");
    }
    int from = Frame.PAYLOAD + Segment.DATA;
    pieces.add(new Piece(offset, Arrays.copyOfRange(frame, from, from + count)));
    filled += count;
  }

  /** All logits; a gap is a refusal. */
  byte[] bytes() {
    if (filled != total) {
      throw new Refusal("of " + total + " bytes of logits " + filled + " came", "run again");
    }
    byte[] bytes = new byte[total];
    for (Piece piece : pieces) {
      System.arraycopy(piece.bytes(), 0, bytes, piece.offset(), piece.bytes().length);
    }
    return bytes;
  }
}
