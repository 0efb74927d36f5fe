package dunlin.boards;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dunlin.boards.runtime.Traps;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrapTest {
  private static final String LINE = "! TR %08x PC 08001234 LR 00000000 FS 00000000 FA 00000000\n";

  @Test
  void shouldFindTheLastLineAmongFrames() {
    String console = "×\0\1" + LINE.formatted(1) + "frames" + LINE.formatted(2) + "! TR 0000";
    assertEquals(2, Trap.last(console).orElseThrow().reason());
  }

  @ParameterizedTest
  @CsvSource({
    "'! TR 00000002 PC 08001234 LR 00000000 FS 00000000'",
    "'! TR 0000000g PC 08001234 LR 00000000 FS 00000000 FA 00000000\n'",
    "''"
  })
  void shouldFindNoneInWhatIsNoLine(String console) {
    assertEquals(Optional.empty(), Trap.last(console));
  }

  /** The address behind a call is of the call before it; that of a fault is the instruction's. */
  @Test
  void shouldSayWhatAndWhere() {
    assertEquals(
        "an index outside of its array at 0x8001232",
        new Trap(Traps.ARRAY_INDEX, 0x0800_1235, 0, 0, 0).toString());
    assertEquals(
        "a processor fault: no memory there (0x3000def0) at 0x8001234 called from 0x8009aba",
        new Trap(Traps.FAULT, 0x0800_1234, 0x0800_9ABD, 0x8200, 0x3000_DEF0).toString());
    assertEquals(
        "a processor fault: a division by zero at 0x8001234",
        new Trap(Traps.FAULT, 0x0800_1234, 0, 1 << 25, 0).toString());
    assertEquals(
        "a processor fault: a division by zero at 0x8001234",
        new Trap(Traps.FAULT, 0x0800_1234, 0x3000_0028, 1 << 25, 0).toString(),
        "a return address is odd");
    assertEquals("trap 77 at 0x8001232", new Trap(77, 0x0800_1234, 0, 0, 0).toString());
  }
}
