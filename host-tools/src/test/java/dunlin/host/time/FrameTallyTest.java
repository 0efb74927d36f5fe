package dunlin.host.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dunlin.firmware.Frame;
import dunlin.kernels.Dsp;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTallyTest {
  private record Seen(int kind, int collective, int bytes) {}

  private final List<Seen> seen = new ArrayList<>();
  private final FrameTally tally =
      new FrameTally((kind, id, bytes) -> seen.add(new Seen(kind, id, bytes)));

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 12, 13, 1000})
  void shouldFindFramesInPiecesOfAnySize(int piece) {
    ByteArrayOutputStream passing = new ByteArrayOutputStream();
    passing.write(0); // noise before a frame
    passing.writeBytes(frame(Frame.REQUEST, 0, 60));
    passing.writeBytes(frame(Frame.ACK, 0, 0));
    passing.writeBytes(frame(Frame.DATA, 7, Frame.MAX_PAYLOAD));
    byte[] bytes = passing.toByteArray();
    for (int at = 0; at < bytes.length; at += piece) {
      tally.take(bytes, at, Math.min(piece, bytes.length - at));
    }
    assertEquals(
        List.of(
            new Seen(Frame.REQUEST, 0, 76),
            new Seen(Frame.ACK, 0, 16),
            new Seen(Frame.DATA, 7, Frame.MAX_BYTES)),
        seen);
  }

  /** Filled with what begins a frame, which must not be taken for one. */
  private static byte[] frame(int kind, int collective, int payload) {
    byte[] frame = new byte[Frame.PAYLOAD + payload + Frame.CRC_BYTES];
    Arrays.fill(frame, Frame.SYNC);
    frame[Frame.KIND] = (byte) kind;
    Dsp.store16(frame, Frame.LENGTH, payload);
    Dsp.store16(frame, Frame.OP_INDEX, collective);
    return frame;
  }
}
