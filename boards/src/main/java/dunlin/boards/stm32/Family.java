package dunlin.boards.stm32;

import dunlin.boards.cortexm.SerialHardware;
import dunlin.hal.Flash;
import dunlin.hal.Watchdog;

/** What a family of STM32 has of its own, and where it has what they all have. */
public interface Family {
  /** What all families have. */
  Blocks blocks();

  /** Brings the core to the clock that the settings say. */
  void start();

  /** Where the image lies. */
  Flash flash();

  /** The watchdog, started. */
  Watchdog watchdog();

  /** UART {@code port} of the settings, whose clock is on, started. */
  SerialHardware uart(int port);

  /**
   * The SPI port that the settings have at {@code at}, whose clock is on, set up; SYSCFG has a
   * clock then.
   */
  SpiHardware spi(int at, boolean master);

  /** A word of the unique identifier, 0 to 2. */
  int uid(int word);
}
