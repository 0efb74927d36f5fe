package dunlin.boards.stm32;

import dunlin.boards.cortexm.Processor;
import dunlin.boards.cortexm.Registers;

/** What all families have, at the addresses of one. */
public final class Blocks {
  private final Registers registers;
  private final ClockGates gates;
  private final GpioPorts gpio;
  private final int sources;
  private final int mask;
  private final int edges;
  private final int pending;

  /**
   * Puts them together; see the constructors of {@link ClockGates}, {@link GpioPorts} and {@link
   * PinInterrupts}.
   */
  public Blocks(
      Processor processor,
      int rcc,
      int resetOffset,
      int gpioPorts,
      int gpioEnable,
      int sources,
      int mask,
      int edges,
      int pending) {
    registers = new Registers(processor);
    gates = new ClockGates(registers, rcc, resetOffset);
    gpio = new GpioPorts(registers, gates, gpioPorts, gpioEnable);
    this.sources = sources;
    this.mask = mask;
    this.edges = edges;
    this.pending = pending;
  }

  /** Every register. */
  public Registers registers() {
    return registers;
  }

  /** Clocks and resets. */
  public ClockGates gates() {
    return gates;
  }

  /** Pins. */
  GpioPorts gpio() {
    return gpio;
  }

  /** Interrupts of pins, once SYSCFG has a clock: made only where a port needs them. */
  PinInterrupts pins() {
    return new PinInterrupts(registers, sources, mask, edges, pending);
  }
}
