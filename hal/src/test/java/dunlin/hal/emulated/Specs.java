package dunlin.hal.emulated;

import dunlin.hal.emulated.BoardSpec.FlashSpec;
import dunlin.hal.emulated.BoardSpec.SpiSpec;
import dunlin.hal.emulated.BoardSpec.UartSpec;
import java.util.Collections;
import java.util.List;

/** Small boards for tests. At 1 Mbaud a byte takes 10 µs; at 8 MHz it takes 1 µs. */
final class Specs {
  static final long BYTE = 10_000;
  static final UartSpec UART = new UartSpec(16, 8, 1_000_000);

  static final SpiSpec SPI = new SpiSpec(16, 8, 8_000_000, 5_000);

  /** 4 sectors of 64 bytes; 1 µs to program a unit of 8 bytes, 1 ms to erase a sector. */
  static final FlashSpec FLASH = new FlashSpec(256, 8, 64, 1_000, 1_000_000);

  private Specs() {}

  static BoardSpec board(String name, int uarts) {
    return board(name, uarts, UART, 0);
  }

  static BoardSpec board(String name, int uarts, UartSpec uart, long watchdog) {
    return new BoardSpec(
        name,
        FLASH,
        List.of(1000, 24),
        Collections.nCopies(uarts, uart),
        List.of(SPI, SPI),
        3,
        watchdog,
        List.of(7, 8, 9),
        0);
  }
}
