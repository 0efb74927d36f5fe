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
  private static final int RESET_CONTROL = 0xE000ED0C;
  private static final int RESET_REQUEST = 0x05FA0004;

  private final Processor processor;
  private final int[] settings;
  private final Peripherals peripherals;
  private final SysTick clock;
  private final Flash flash;
  private final Watchdog watchdog;
  private final Gpio gpio;
  private final Alarm alarm;
  private final InterruptedPort[] ports;

  /** A board whose clocks have started; no port is open. */
  CortexMBoard(Processor processor, int[] settings, Peripherals peripherals, SysTick clock) {
    this.processor = processor;
    this.settings = settings;
    this.peripherals = peripherals;
    this.clock = clock;
    flash = peripherals.flash();
    watchdog = peripherals.watchdog();
    gpio = peripherals.gpio();
    alarm = new Alarm(processor);
    ports = new InterruptedPort[settings[Settings.PORTS] + settings[Settings.SPIS]];
  }

  /** The timer's interrupt. */
  void tick() {
    clock.interrupt();
    alarm.tick();
  }

  /** What ends the main loop's sleep. */
  Alarm alarm() {
    return alarm;
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

  /** SYSRESETREQ (Armv7-M ARM, B3.2.6). */
  @Override
  public void reset() {
    processor.write(RESET_CONTROL, RESET_REQUEST);
    processor.synchronise();
  }

  @Override
  public int ports() {
    return ports.length;
  }

  @Override
  public InterruptedPort port(int index) {
    return ports[index];
  }

  @Override
  public Port open(int index, boolean master) {
    if (ports[index] == null) { // the console may have told of a trap
      int uarts = settings[Settings.PORTS];
      if (index < uarts) {
        openUart(index);
      } else {
        openSpi(index, index - uarts, master);
      }
    }
    return ports[index];
  }

  private void openUart(int index) {
    BufferedUart uart = new BufferedUart(processor, settings, alarm, peripherals.uart(index));
    ports[index] = uart;
    processor.attach(index, uart.receiver());
    Nvic.enable(processor, settings[Settings.port(index) + Settings.INTERRUPT]);
    Nvic.enable(processor, settings[Settings.port(index) + Settings.SEND_INTERRUPT]);
  }

  private void openSpi(int index, int spi, boolean master) {
    ports[index] = peripherals.spi(spi, master, clock, alarm);
    int at = Settings.spi(settings[Settings.PORTS], spi);
    int line = master ? Settings.READY_INTERRUPT : Settings.SELECT_INTERRUPT;
    Nvic.enableLater(processor, settings[at + Settings.INTERRUPT]);
    Nvic.enableLater(processor, settings[at + line]);
  }

  @Override
  public int hostPorts() {
    int uarts = settings[Settings.PORTS];
    int firstUart = uarts > 1 ? 2 : 0;
    int firstSpi = settings[Settings.SPIS] > 0 ? 1 << uarts : 0;
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
