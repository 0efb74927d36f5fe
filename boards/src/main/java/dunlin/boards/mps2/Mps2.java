package dunlin.boards.mps2;

import dunlin.boards.cortexm.Alarm;
import dunlin.boards.cortexm.InterruptedPort;
import dunlin.boards.cortexm.Peripherals;
import dunlin.boards.cortexm.Processor;
import dunlin.boards.cortexm.ReadOnlyFlash;
import dunlin.boards.cortexm.SerialHardware;
import dunlin.boards.cortexm.SysTick;
import dunlin.hal.Flash;
import dunlin.hal.Gpio;
import dunlin.hal.Watchdog;

/** An MPS2 board: its clock runs from reset on, no pin is wired, and there is no UID. */
final class Mps2 implements Peripherals {
  private final Processor processor;
  private final int[] settings;
  private final byte[] image;

  Mps2(Processor processor, int[] settings, byte[] image) {
    this.processor = processor;
    this.settings = settings;
    this.image = image;
  }

  @Override
  public void start() {}

  @Override
  public Flash flash() {
    return new ReadOnlyFlash(image, image.length);
  }

  @Override
  public Watchdog watchdog() {
    return new NoWatchdog();
  }

  @Override
  public Gpio gpio() {
    return null;
  }

  @Override
  public SerialHardware uart(int port) {
    return new CmsdkUart(processor, settings, port);
  }

  @Override
  public InterruptedPort spi(int index, boolean master, SysTick clock, Alarm alarm) {
    return null;
  }

  @Override
  public int uid(int word) {
    return 0;
  }
}
