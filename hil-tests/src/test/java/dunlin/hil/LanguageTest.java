package dunlin.hil;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardTypes;
import dunlin.boards.Trap;
import dunlin.boards.aot.Symbols;
import dunlin.boards.qemu.HostLine;
import dunlin.boards.qemu.QemuBoard;
import dunlin.boards.runtime.Traps;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Java means the same on the desktop and on a board. */
@ExtendWith(QemuRig.class)
@Tag("slow")
class LanguageTest {
  private static final int PATIENCE_MILLIS = 30_000;

  /** Armv7-M Architecture Reference Manual, B3.2.15: DIVBYZERO. */
  private static final int DIVISION_BY_ZERO = 1 << 25;

  @Test
  void shouldComputeOnABoardWhatTheDesktopComputes() {
    byte[] expected = new LanguageResults().all();
    QemuBoard board = boot(LanguageProgram.VALUES);
    HostLine line = board.host(0);
    assertTrue(line.await(expected.length, PATIENCE_MILLIS), () -> "trap " + board.trap());
    byte[] results = new byte[expected.length];
    line.read(results, 0, results.length);
    assertArrayEquals(expected, results);
  }

  @ParameterizedTest
  @CsvSource({
    LanguageProgram.ARRAY_INDEX + ", java.lang.ArrayIndexOutOfBoundsException," + Traps.ARRAY_INDEX,
    LanguageProgram.NULL_POINTER + ", java.lang.NullPointerException," + Traps.NULL_POINTER,
    LanguageProgram.NEGATIVE_ARRAY_SIZE
        + ", java.lang.NegativeArraySizeException,"
        + Traps.NEGATIVE_ARRAY_SIZE,
    LanguageProgram.DIVISION_BY_ZERO + ", java.lang.ArithmeticException," + Traps.FAULT,
    LanguageProgram.OUT_OF_MEMORY + ", java.lang.OutOfMemoryError," + Traps.OUT_OF_MEMORY,
  })
  void shouldStopABoardWhereTheDesktopThrows(
      int choice, Class<? extends Throwable> thrown, int reason) {
    assertThrows(thrown, () -> new LanguageProgram().perform(choice));
    QemuBoard board = boot(choice);
    HostLine console = board.host(0);
    assertFalse(console.await(Integer.MAX_VALUE, PATIENCE_MILLIS));
    Trap trap = console.takeTrap().orElseThrow();
    assertEquals(reason, trap.reason());
    assertEquals(reason == Traps.FAULT ? DIVISION_BY_ZERO : 0, trap.status());
    assertEquals(Optional.of(trap.address()), board.trap().map(Trap::address));
    String place = new Symbols(board.firmware()).at(trap.address());
    assertTrue(place.matches("\\w+\\.\\w+ \\((LanguageProgram|Heap)\\.java:\\d+\\)"), place);
  }

  private static QemuBoard boot(int choice) {
    return QemuRig.boot(
        BoardTypes.named("stm32f405"), LanguageProgram.class, new byte[] {(byte) choice});
  }
}
