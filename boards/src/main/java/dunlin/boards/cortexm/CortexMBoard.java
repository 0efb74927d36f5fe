package dunlin.boards.cortexm;

import dunlin.hal.Board;
import dunlin.hal.Clock;
import dunlin.hal.Flash;
import dunlin.hal.Gpio;
import dunlin.hal.Port;
import dunlin.hal.Watchdog;
import dunlin.kernels.Unchecked;

/** A board of a Cortex-M and what its chip family put around it. */
@Unchecked
final class CortexMBoard implements Board {
  private final Processor processor;
  private final int[] settings;
  private final Peripherals peripherals;
  private final SysTick clock;
  private final Flash flash;
  private final Watchdog watchdog;
  private final Gpio gpio;
  private final BufferedUart[] uarts;
  private final InterruptedPort[] spis;

  /** A board whose clocks have started; no port is open. */
  CortexMBoard(Processor processor, int[] settings, Peripherals peripherals, SysTick clock) {
    this.processor = processor;
    this.settings = settings;
    this.peripherals = peripherals;
    this.clock = clock;
    flash = peripherals.flash();
    watchdog = peripherals.watchdog();
    gpio = peripherals.gpio();
    uarts = new BufferedUart[settings[Settings.PORTS]];
    spis = new InterruptedPort[settings[Settings.SPIS]];
  }

  /** The timer's interrupt. */
  void tick() {
    clock.interrupt();
  }

  /** An interrupt of a UART that is open. */
  void uart(int port) {
    uarts[port].interrupt();
  }

  /** An interrupt of an SPI port that is open. */
  void spi(int index) {
    spis[index].interrupt();
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Flash flash() {
    return flash;
  }

  @Override
  public Watchdog watchdog() {
    return watchdog;
  }

  @Override
  public Gpio gpio() {
    return gpio;
  }

  @Override
  public int ports() {
    return uarts.length + spis.length;
  }

  @Override
  public Port port(int index) {
    return index < uarts.length ? uarts[index] : spis[index - uarts.length];
  }

  @Override
  public Port open(int index, boolean master, int receiveQueue) {
    if (index < uarts.length && uarts[index] != null) {
      uarts[index].hold(receiveQueue); // the console, which has told of a trap
      return uarts[index];
    }
    if (index < uarts.length) {
      int sendQueue = settings[Settings.TRANSMIT_QUEUE];
      uarts[index] = new BufferedUart(processor, receiveQueue, sendQueue, peripherals.uart(index));
      Nvic.enable(processor, settings[Settings.port(index) + Settings.INTERRUPT]);
      Nvic.enable(processor, settings[Settings.port(index) + Settings.SEND_INTERRUPT]);
      return uarts[index];
    }
    int spi = index - uarts.length;
    int at = Settings.spi(uarts.length, spi);
    spis[spi] = peripherals.spi(spi, master, clock);
    Nvic.enableLater(processor, settings[at + Settings.INTERRUPT]);
    Nvic.enableLater(
        processor, settings[at + (master ? Settings.READY_INTERRUPT : Settings.SELECT_INTERRUPT)]);
    return spis[spi];
  }

  @Override
  public int hostPorts() {
    int firstUart = uarts.length > 1 ? 2 : 0;
    int firstSpi = spis.length > 0 ? 1 << uarts.length : 0;
    return 1 | firstUart | firstSpi;
  }

  @Override
  public int ramRegions() {
    return settings[Settings.REGIONS];
  }

  @Override
  public byte[] reserve(int region, int bytes) {
    int at = Settings.region(region);
    return region >= ramRegions() || bytes > settings[at + 1]
        ? null
        : CortexM.reserve(settings[at], bytes);
  }

  @Override
  public int type() {
    return settings[Settings.TYPE];
  }

  @Override
  public int uid(int index) {
    return peripherals.uid(index);
  }
}
