package dunlin.boards.cortexm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import org.junit.jupiter.api.Test;

/** Against the Armv7-M Architecture Reference Manual, B4.8; a Cortex-M7's 16 KB in 4 ways. */
class CachesTest {
  private static final int CONFIGURATION = 0xE000ED14;
  private static final int SIZE = 0xE000ED80;
  private static final int INVALIDATE_INSTRUCTIONS = 0xE000EF50;
  private static final int INVALIDATE_DATA = 0xE000EF60;

  private final RegisterModel registers =
      new RegisterModel().reset(CONFIGURATION, 0x0004_0200).reset(SIZE, 0xF00F_E019);

  @Test
  void shouldTurnBothOnAndLeaveTheRest() {
    Caches.enable(registers);
    assertEquals(0x0007_0200, registers.value(CONFIGURATION));
  }

  @Test
  void shouldInvalidateEachLineBeforeItIsUsed() {
    Caches.enable(registers);
    var lines = new HashSet<>(registers.written(INVALIDATE_DATA));
    assertEquals(128 * 4, lines.size());
    assertTrue(lines.contains(127 << 5 | 3 << 30));
    var order = registers.order();
    assertTrue(order.lastIndexOf(INVALIDATE_DATA) < order.lastIndexOf(CONFIGURATION));
    assertTrue(order.indexOf(INVALIDATE_INSTRUCTIONS) < order.indexOf(CONFIGURATION));
  }
}
