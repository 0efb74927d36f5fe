package dunlin.boards.mps2;

import dunlin.boards.cortexm.CortexM;
import dunlin.boards.cortexm.Nvic;
import dunlin.boards.cortexm.Processor;
import dunlin.boards.cortexm.ReadOnlyFlash;
import dunlin.boards.cortexm.Settings;
import dunlin.boards.cortexm.SysTick;
import dunlin.hal.Board;
import dunlin.hal.Clock;
import dunlin.hal.Flash;
import dunlin.hal.Gpio;
import dunlin.hal.Port;
import dunlin.hal.Wake;
import dunlin.hal.Watchdog;

/** An MPS2 board: UARTs and a clock; its watchdog stays off, and no pin is wired. */
final class Mps2 implements Board, Watchdog {
  private final Processor processor;
  private final int[] settings;
  private final Flash flash;
  private final SysTick clock;
  private final CmsdkUart[] uarts;

  Mps2(Processor processor, int[] settings, byte[] image) {
    this.processor = processor;
    this.settings = settings;
    flash = new ReadOnlyFlash(image);
    clock = new SysTick(processor, settings[Settings.CORE_HERTZ]);
    uarts = new CmsdkUart[settings[Settings.PORTS]];
    for (int port = 0; port < uarts.length; port++) {
      uarts[port] = new CmsdkUart(processor, settings, port);
    }
  }

  /** Lets the UARTs' interrupts in, the receiver's and the sender's after it. */
  void listen() {
    for (int port = 0; port < uarts.length; port++) {
      int interrupt = settings[Settings.port(port) + Settings.INTERRUPT];
      Nvic.enable(processor, interrupt);
      Nvic.enable(processor, interrupt + 1);
    }
  }

  void uartInterrupt(int port) {
    uarts[port].interrupt();
  }

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
    return this;
  }

  @Override
  public Gpio gpio() {
    return null;
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

  @Override
  public int uid(int index) {
    return 0;
  }

  @Override
  public void feed() {}

  @Override
  public long period() {
    return Wake.NEVER;
  }
}
