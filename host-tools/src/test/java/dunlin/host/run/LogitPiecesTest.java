package dunlin.host.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dunlin.boards.Refusal;
import dunlin.firmware.Frame;
import dunlin.firmware.Segment;
import dunlin.kernels.Dsp;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class LogitPiecesTest {
  private static byte[] segment(int offset, int total, byte... data) {
    byte[] frame = new byte[Frame.MAX_BYTES];
    Dsp.store16(frame, Frame.LENGTH, Segment.DATA + data.length);
    Dsp.store32(frame, Frame.PAYLOAD + Segment.OFFSET, offset);
    Dsp.store32(frame, Frame.PAYLOAD + Segment.TOTAL, total);
    System.arraycopy(data, 0, frame, Frame.PAYLOAD + Segment.DATA, data.length);
    return frame;
  }

  @Test
  void shouldPutPiecesTogetherInAnyOrder() {
    LogitPieces pieces = new LogitPieces(8);
    pieces.add(segment(4, 6, (byte) 5, (byte) 6));
    pieces.add(segment(0, 6, (byte) 1, (byte) 2, (byte) 3, (byte) 4));
    assertArrayEquals(new byte[] {1, 2, 3, 4, 5, 6}, pieces.bytes());
  }

  @Test
  void shouldTakeMemoryForWhatHasComeAndNotForWhatIsSaid() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    LogitPieces pieces = new LogitPieces(1 << 30);
    byte[] frame = segment(1 << 20, 1 << 29, (byte) 1);
    long before = threads.getCurrentThreadAllocatedBytes();
    pieces.add(frame);
    long taken = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(taken < 1 << 16, () -> taken + " bytes");
    assertRefused("of 536870912 bytes of logits 1 came: run again", pieces::bytes);
  }

  @Test
  void shouldRefuseWhatCannotBe() {
    LogitPieces pieces = new LogitPieces(8);
    assertRefused(
        "the node sent 1 bytes of logits at 0 of 9: bring host and firmware to one version",
        () -> pieces.add(segment(0, 9, (byte) 1)));
    pieces.add(segment(0, 2, (byte) 1));
    assertRefused(
        "the node sent 2 bytes of logits at 0 of 2: bring host and firmware to one version",
        () -> pieces.add(segment(0, 2, (byte) 1, (byte) 1)));
    assertRefused(
        "the node sent 1 bytes of logits at 2 of 2: bring host and firmware to one version",
        () -> pieces.add(segment(2, 2, (byte) 1)));
    assertRefused(
        "the node sent 1 bytes of logits at 1 of 3: bring host and firmware to one version",
        () -> pieces.add(segment(1, 3, (byte) 1)));
  }

  private static void assertRefused(String message, Runnable action) {
    assertEquals(message, assertThrows(Refusal.class, action::run).getMessage());
  }
}
