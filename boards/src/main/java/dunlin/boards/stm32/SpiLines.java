package dunlin.boards.stm32;

import dunlin.boards.cortexm.Settings;

/**
 * The lines beside the clock and the data of an SPI port: select, which the master pulls low for a
 * transfer, and ready, by which the slave asks for one. Each end drives one and is interrupted by
 * the other.
 */
final class SpiLines {
  private final GpioPorts gpio;
  private final PinInterrupts interrupts;
  private final int driven;
  private final int watched;
  private final boolean master;

  /**
   * Drives and watches the lines of an SPI port.
   *
   * @param at where {@link Settings} has the port
   */
  SpiLines(GpioPorts gpio, PinInterrupts interrupts, int[] settings, int at, boolean master) {
    this.gpio = gpio;
    this.interrupts = interrupts;
    this.master = master;
    int select = settings[at + Settings.SELECT_PIN];
    int ready = settings[at + Settings.READY_PIN];
    driven = master ? select : ready;
    watched = master ? ready : select;
    drive(false);
    gpio.output(driven, master);
    gpio.input(watched, master ? GpioPorts.PULL_DOWN : GpioPorts.PULL_UP);
    interrupts.listen(watched);
  }

  /** Selects the slave, at a master; asks for a transfer, at a slave; or ceases to. */
  void drive(boolean asking) {
    gpio.write(driven, asking != master);
  }

  /** Whether the other end asks for a transfer, at a master, or has selected this slave. */
  boolean asked() {
    return gpio.read(watched) == master;
  }

  /** Acknowledges that the line of the other end has changed; whether it had. */
  boolean changed() {
    return interrupts.acknowledge(watched);
  }
}
