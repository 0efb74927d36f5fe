package dunlin.boards.aot;

import dunlin.boards.BoardType;
import dunlin.boards.Chip;
import dunlin.boards.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The vector table as C: what follows startup.c (Armv7-M Architecture Reference Manual, B1.5.3).
 */
final class VectorTable {
  private static final int CORE_VECTORS = 16;

  /** Which object serves a UART Java says at boot; objects never move. */
  private static final String UART =
      "static void uart%1$d(void) { dunlin_uart(dunlin_uarts[%1$d]); }%n";

  private static final String SPI = "static void spi%d(void) { dunlin_spi(%d); }%n";

  private VectorTable() {}

  static String of(BoardType board) {
    Chip chip = board.chip();
    StringBuilder handlers = new StringBuilder();
    Map<Integer, String> vectors = new TreeMap<>();
    for (int i = 0; i < board.uart().count(); i++) {
      Chip.Port port = chip.ports().get(i);
      handlers.append(UART.formatted(i));
      String handler = "uart%d, /* %s */".formatted(i, port.name());
      claim(vectors, port.interrupt(), handler);
      if (port.sendInterrupt() != null) {
        claim(vectors, port.sendInterrupt(), handler);
      }
    }
    for (int i = 0; i < board.spi().count(); i++) {
      Chip.Spi spi = chip.spis().get(i);
      handlers.append(SPI.formatted(i, board.uart().count() + i));
      String handler = "spi%d, /* %s */".formatted(i, spi.name());
      for (int interrupt : interrupts(spi)) {
        claim(vectors, interrupt, handler);
      }
    }
    return """
        void *dunlin_uarts[%d];
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
            Math.max(1, board.uart().count()),
            handlers,
            CORE_VECTORS + chip.interrupts(),
            CORE_VECTORS + chip.interrupts() - 1,
            vectors.entrySet().stream()
                .map(v -> "    [%d] = %s%n".formatted(CORE_VECTORS + v.getKey(), v.getValue()))
                .collect(Collectors.joining()));
  }

  /** Its own, and those of its lines, which may be the same. */
  private static Set<Integer> interrupts(Chip.Spi spi) {
    return new TreeSet<>(
        List.of(spi.interrupt(), spi.select().interrupt(), spi.ready().interrupt()));
  }

  /** An interrupt serves one port. */
  private static void claim(Map<Integer, String> vectors, int interrupt, String handler) {
    String other = vectors.putIfAbsent(interrupt, handler);
    if (other != null) {
      throw new Refusal(
          "interrupt %d is that of two ports: %s %s".formatted(interrupt, other, handler),
          "choose pins of other numbers in the board's file");
    }
  }
}
