package dunlin.boards.stm32;

import dunlin.boards.cortexm.Registers;

/** Clocks of peripherals, which are off from reset on, and their resets: registers of the RCC. */
public final class ClockGates {
  private final Registers registers;
  private final int base;
  private final int resetOffset;

  /**
   * The gates of an RCC.
   *
   * @param base its address
   * @param resetOffset from a register that turns clocks on to the one that resets the same
   *     peripherals
   */
  public ClockGates(Registers registers, int base, int resetOffset) {
    this.registers = registers;
    this.base = base;
    this.resetOffset = resetOffset;
  }

  /** Turns a peripheral's clock on: bit {@code bit} of the register at {@code offset}. */
  public void enable(int offset, int bit) {
    registers.set(base + offset, 1 << bit);
    registers.read(base + offset); // the clock arrives two cycles later (ES0182, 2.1.13)
  }

  /** Resets a peripheral. */
  public void reset(int offset, int bit) {
    registers.set(base + offset + resetOffset, 1 << bit);
    registers.clear(base + offset + resetOffset, 1 << bit);
  }
}
