package dunlin.boards.stm32f4;

import dunlin.boards.cortexm.CortexM;
import dunlin.boards.cortexm.Nvic;
import dunlin.boards.cortexm.Processor;
import dunlin.boards.cortexm.Settings;
import dunlin.boards.cortexm.SysTick;
import dunlin.hal.Board;
import dunlin.hal.Clock;
import dunlin.hal.Flash;
import dunlin.hal.Gpio;
import dunlin.hal.Port;
import dunlin.hal.Watchdog;

/** A board with an STM32F405, F407 or like; what differs between boards is in its settings. */
final class Stm32F4 implements Board {
  private static final int UID = 0x1FFF7A10;

  private final Processor processor;
  private final int[] settings;
  private final Flash flash;
  private final Rcc rcc;
  private final GpioPorts gpio;
  private final SysTick clock;
  private final Usart[] uarts;
  private final Watchdog watchdog;

  /** Starts clocks and peripherals. */
  Stm32F4(Processor processor, int[] settings, byte[] image) {
    this.processor = processor;
    this.settings = settings;
    flash = new ImageFlash(processor, image);
    rcc = new Rcc(processor);
    gpio = new GpioPorts(processor, rcc);
    int hertz = rcc.start(settings[Settings.CRYSTAL_HERTZ], settings[Settings.CORE_HERTZ]);
    clock = new SysTick(processor, hertz);
    uarts = new Usart[settings[Settings.PORTS]];
    for (int port = 0; port < uarts.length; port++) {
      int at = Settings.port(port);
      int alternateFunction = settings[at + Settings.ALTERNATE_FUNCTION];
      gpio.connect(settings[at + Settings.TRANSMIT_PIN], alternateFunction);
      gpio.connect(settings[at + Settings.RECEIVE_PIN], alternateFunction);
      rcc.enable(settings[at + Settings.CLOCK_REGISTER], settings[at + Settings.CLOCK_BIT]);
      uarts[port] = new Usart(processor, settings, port, hertz);
    }
    watchdog = new Iwdg(processor);
  }

  /** Lets the UARTs' interrupts in: from now on bytes are received. */
  void listen() {
    for (int port = 0; port < uarts.length; port++) {
      Nvic.enable(processor, settings[Settings.port(port) + Settings.INTERRUPT]);
    }
  }

  /** A UART's interrupt. */
  void uartInterrupt(int port) {
    uarts[port].interrupt();
  }

  /** The timer's interrupt. */
  void tick() {
    clock.interrupt();
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
    return uarts.length;
  }

  @Override
  public Port port(int index) {
    return uarts[index];
  }

  @Override
  public int ramRegions() {
    return 1;
  }

  @Override
  public byte[] reserve(int region, int bytes) {
    return region != 0 || bytes > settings[Settings.RAM] ? null : CortexM.reserve(bytes);
  }

  /** The unique identifier (RM0090, 39.1); 0 on QEMU, where reading it is a fault. */
  @Override
  public int uid(int index) {
    return rcc.present() ? processor.read(UID + (index << 2)) : 0;
  }
}
