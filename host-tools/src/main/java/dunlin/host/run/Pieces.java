package dunlin.host.run;

import dunlin.boards.Refusal;
import dunlin.firmware.Frame;
import dunlin.firmware.Segment;
import dunlin.kernels.Dsp;
import java.io.ByteArrayOutputStream;

/** Puts a node's {@link Segment}s together; memory grows with what has come, not what is said. */
final class Pieces {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Adds the segment in {@code frame}, which must be the next one. */
  void add(byte[] frame) {
    int offset = Dsp.load32(frame, Frame.PAYLOAD + Segment.OFFSET);
    int count = Dsp.loadU16(frame, Frame.LENGTH) - Segment.DATA;
    if (offset != bytes.size() || count < 0) {
      throw new Refusal(
          "the node sent " + count + " bytes at " + offset + ", where " + bytes.size() + " is due",
          "bring host and firmware to one version");
    }
    bytes.write(frame, Frame.PAYLOAD + Segment.DATA, count);
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }
}
