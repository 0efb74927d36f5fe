package dunlin.boards.stm32;

import dunlin.boards.cortexm.Registers;

/**
 * Interrupts of pins, by the EXTI: the same registers everywhere (RM0090, 12.3; RM0351, 14.5;
 * RM0433, 20.6), but at other addresses. Pins of the same number in two ports exclude each other.
 */
public final class PinInterrupts {
  private final Registers registers;
  private final int sources;
  private final int mask;
  private final int edges;
  private final int pending;

  /**
   * Addresses of the registers.
   *
   * @param sources SYSCFG's choice of the port for lines 0 to 3
   * @param mask lines that interrupt the processor
   * @param edges lines of which rising edges count; the register for falling ones comes next
   * @param pending lines that have changed
   */
  public PinInterrupts(Registers registers, int sources, int mask, int edges, int pending) {
    this.registers = registers;
    this.sources = sources;
    this.mask = mask;
    this.edges = edges;
    this.pending = pending;
  }

  /** Interrupts on both edges of a pin. */
  public void listen(int pin) {
    int line = pin & 15;
    registers.field(sources + (line & ~3), (line & 3) << 2, 15, pin >> 4);
    registers.set(edges, 1 << line);
    registers.set(edges + 4, 1 << line);
    registers.write(pending, 1 << line);
    registers.set(mask, 1 << line);
  }

  /** Acknowledges a pin's interrupt; whether there was one. */
  public boolean acknowledge(int pin) {
    int line = 1 << (pin & 15);
    boolean changed = (registers.read(pending) & line) != 0;
    registers.write(pending, line);
    return changed;
  }
}
