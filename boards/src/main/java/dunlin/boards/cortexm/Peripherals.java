package dunlin.boards.cortexm;

import dunlin.hal.Flash;
import dunlin.hal.Gpio;
import dunlin.hal.Watchdog;

/** What a chip family has around its core. Each part is asked for once, {@link #start} first. */
public interface Peripherals {
  /** Brings the core to the clock that the settings say. */
  void start();

  /** Where the image lies. */
  Flash flash();

  /** The watchdog, started. */
  Watchdog watchdog();

  /** Pins; null where none is wired. */
  Gpio gpio();

  /** UART {@code port} of the settings, started. */
  SerialHardware uart(int port);

  /**
   * An SPI port, started.
   *
   * @param index among the SPI ports of the settings
   * @param master whether it clocks the transfers
   * @param clock for the gap before a transfer
   * @param alarm that it rings
   */
  InterruptedPort spi(int index, boolean master, SysTick clock, Alarm alarm);

  /** A word of the MCU's unique identifier, 0 to 2; 0 where it has none. */
  int uid(int word);
}
