package dunlin.boards.stm32;

import dunlin.boards.cortexm.Alarm;
import dunlin.boards.cortexm.InterruptedPort;
import dunlin.boards.cortexm.Peripherals;
import dunlin.boards.cortexm.Processor;
import dunlin.boards.cortexm.SerialHardware;
import dunlin.boards.cortexm.Settings;
import dunlin.boards.cortexm.SysTick;
import dunlin.hal.Flash;
import dunlin.hal.Gpio;
import dunlin.hal.Watchdog;

/** An STM32 of any family: gives ports their clocks and pins, which is the same on all. */
public final class Stm32 implements Peripherals {
  private final Processor processor;
  private final int[] settings;
  private final Family family;
  private final GpioPorts gpio;
  private final ClockGates gates;

  /** A chip after its reset. */
  public Stm32(Processor processor, int[] settings, Family family) {
    this.processor = processor;
    this.settings = settings;
    this.family = family;
    gpio = family.blocks().gpio();
    gates = family.blocks().gates();
  }

  @Override
  public void start() {
    family.start();
  }

  @Override
  public Flash flash() {
    return family.flash();
  }

  @Override
  public Watchdog watchdog() {
    return family.watchdog();
  }

  @Override
  public Gpio gpio() {
    return gpio;
  }

  @Override
  public SerialHardware uart(int port) {
    int at = Settings.port(port);
    connect(at, Settings.TRANSMIT_PIN, GpioPorts.PULL_UP);
    connect(at, Settings.RECEIVE_PIN, GpioPorts.PULL_UP);
    enable(at);
    return family.uart(port);
  }

  @Override
  public InterruptedPort spi(int index, boolean master, SysTick clock, Alarm alarm) {
    int at = Settings.spi(settings[Settings.PORTS], index);
    connect(at, Settings.SPI_CLOCK_PIN, GpioPorts.PULL_DOWN);
    connect(at, Settings.SPI_MISO_PIN, GpioPorts.PULL_UP);
    connect(at, Settings.SPI_MOSI_PIN, GpioPorts.PULL_UP);
    enable(at);
    SpiHardware hardware = family.spi(at, master);
    SpiLines lines = new SpiLines(gpio, family.blocks().pins(), settings, at, master);
    return SpiPort.of(processor, settings, at, hardware, lines, master ? clock : null, alarm);
  }

  private void connect(int at, int pin, int pull) {
    gpio.connect(settings[at + pin], settings[at + Settings.ALTERNATE_FUNCTION], pull);
  }

  private void enable(int at) {
    gates.enable(settings[at + Settings.CLOCK_REGISTER], settings[at + Settings.CLOCK_BIT]);
  }

  @Override
  public int uid(int word) {
    return family.uid(word);
  }
}
