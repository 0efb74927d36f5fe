package dunlin.boards.stm32;

import dunlin.boards.cortexm.Settings;

/** Gives ports their clocks and pins: the same on every family. */
public final class PortWiring {
  private final ClockGates gates;
  private final GpioPorts gpio;
  private final PinInterrupts interrupts;
  private final int[] settings;

  /** The ports of the settings. */
  public PortWiring(ClockGates gates, GpioPorts gpio, PinInterrupts interrupts, int[] settings) {
    this.gates = gates;
    this.gpio = gpio;
    this.interrupts = interrupts;
    this.settings = settings;
  }

  /** Where the settings have SPI port {@code index}. */
  public int spi(int index) {
    return Settings.spi(settings[Settings.PORTS], index);
  }

  /** Connects UART {@code port}. */
  public void connectUart(int port) {
    int at = Settings.port(port);
    int function = settings[at + Settings.ALTERNATE_FUNCTION];
    gpio.connect(settings[at + Settings.TRANSMIT_PIN], function, GpioPorts.PULL_UP);
    gpio.connect(settings[at + Settings.RECEIVE_PIN], function, GpioPorts.PULL_UP);
    gates.enable(settings[at + Settings.CLOCK_REGISTER], settings[at + Settings.CLOCK_BIT]);
  }

  /** Connects the SPI port at {@code at}; its other lines. */
  public SpiLines connectSpi(int at, boolean master) {
    int function = settings[at + Settings.ALTERNATE_FUNCTION];
    gpio.connect(settings[at + Settings.SPI_CLOCK_PIN], function, GpioPorts.PULL_DOWN);
    gpio.connect(settings[at + Settings.SPI_MISO_PIN], function, GpioPorts.PULL_UP);
    gpio.connect(settings[at + Settings.SPI_MOSI_PIN], function, GpioPorts.PULL_UP);
    gates.enable(settings[at + Settings.CLOCK_REGISTER], settings[at + Settings.CLOCK_BIT]);
    return new SpiLines(gpio, interrupts, settings, at, master);
  }
}
