package dunlin.boards.aot;

import dunlin.boards.BoardType;
import dunlin.boards.Chip;

/**
 * The vector table as C: what follows startup.c (Armv7-M Architecture Reference Manual, B1.5.3).
 */
final class VectorTable {
  private static final int CORE_VECTORS = 16;

  private VectorTable() {}

  static String of(BoardType board) {
    Chip chip = board.chip();
    StringBuilder handlers = new StringBuilder();
    StringBuilder vectors = new StringBuilder();
    for (int i = 0; i < board.uart().count(); i++) {
      Chip.Port port = chip.ports().get(i);
      handlers.append("static void uart%d(void) { dunlin_uart(%d); }%n".formatted(i, i));
      vectors.append(vector(port.interrupt(), i, port));
      if (port.sendInterrupt() != null) {
        vectors.append(vector(port.sendInterrupt(), i, port));
      }
    }
    return """
        %s
        __attribute__((section(".vectors"), used)) void (*const dunlin_vectors[%d])(void) = {
            [0 ... %d] = unexpected,
            [0] = (void (*)(void)) &dunlin_stack_top,
            [1] = dunlin_reset,
            [3] = fault,
            [15] = dunlin_tick,
        %s};
        """
        .formatted(
            handlers,
            CORE_VECTORS + chip.interrupts(),
            CORE_VECTORS + chip.interrupts() - 1,
            vectors);
  }

  private static String vector(int interrupt, int uart, Chip.Port port) {
    return "    [%d] = uart%d, /* %s */%n".formatted(CORE_VECTORS + interrupt, uart, port.name());
  }
}
