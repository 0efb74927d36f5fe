package dunlin.boards.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TraceTest {
  /** A mark returns at once; a loop's body loads a word, compares, and branches. */
  private static final String TRANSLATED =
      """
      ----------------
      IN: dunlin_mark
      0x00000400:  4770       bx       lr

      Trace 0: 0x7f0000000100 [00800400/00000400/00000110/ff000200] dunlin_mark
      ----------------
      IN: meth_loop
      0x00000500:  6801       ldr      r1, [r0]
      0x00000502:  4281       cmp      r1, r0
      0x00000504:  d1fc       bne      #0x500

      """;

  private static final String LOOP =
      "Trace 0: 0x7f0000000200 [00800400/00000500/00000110/ff000200] meth_loop\n";

  private static final String MARK =
      "Trace 0: 0x7f0000000100 [00800400/00000400/00000110/ff000200] dunlin_mark\n";

  @Test
  void shouldCountWhatABlockDoesEachTimeItIsNamed() throws IOException {
    assertEquals(new Trace(1 + 3 * 3 + 1, 3), read(TRANSLATED + LOOP.repeat(3) + MARK));
  }

  @Test
  void shouldCountNothingBeforeTheFirstMarkNorBehindTheSecond() throws IOException {
    String early = LOOP.replace("500", "600");
    assertEquals(
        new Trace(1 + 3 + 1, 1), read("warning\n" + early + TRANSLATED + LOOP + MARK + LOOP));
  }

  @Test
  void shouldCountABlockOnceThatWasStoppedAndFollowsAgain() throws IOException {
    String stopped = "Stopped execution of TB chain before 0x7f0000000200 [00000500] meth_loop\n";
    assertEquals(new Trace(1 + 3 + 1, 1), read(TRANSLATED + LOOP + stopped + LOOP + MARK));
  }

  @Test
  void shouldSayThatALogHasChanged() {
    IllegalStateException changed =
        assertThrows(IllegalStateException.class, () -> read("Trace of another kind\n"));
    assertEquals("QEMU's log has changed: Trace of another kind", changed.getMessage());
  }

  private static Trace read(String log) throws IOException {
    return Trace.read(new ByteArrayInputStream(log.getBytes(StandardCharsets.US_ASCII)));
  }
}
