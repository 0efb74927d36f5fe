package dunlin.boards.cortexm;

import dunlin.boards.runtime.Traps;

/** Bits of peripherals' registers: changed with the others left, and waited for within bounds. */
public final class Registers {
  /** Rounds of a wait, each at least six cycles: 18 ms at 64 MHz. A crystal starts in 2 ms. */
  private static final int PATIENCE = 200_000;

  /** The longest that any register takes: 48 ms, the watchdog's; 50 ms at 480 MHz. */
  private static final int LONG_PATIENCE = 4_000_000;

  private final Processor processor;

  /** The registers that {@code processor} reads and writes. */
  public Registers(Processor processor) {
    this.processor = processor;
  }

  /** What a register holds. */
  public int read(int address) {
    return processor.read(address);
  }

  /** Writes a whole register. */
  public void write(int address, int value) {
    processor.write(address, value);
  }

  /** Sets bits. */
  public void set(int address, int bits) {
    processor.write(address, processor.read(address) | bits);
  }

  /** Clears bits. */
  public void clear(int address, int bits) {
    processor.write(address, processor.read(address) & ~bits);
  }

  /** Writes the field {@code mask}, which is moved to the left by {@code shift}. */
  public void field(int address, int shift, int mask, int value) {
    int others = processor.read(address) & ~(mask << shift);
    processor.write(address, others | value << shift);
  }

  /** Whether the bits of {@code mask} become {@code value} in time. */
  public boolean becomes(int address, int mask, int value) {
    return becomes(address, mask, value, PATIENCE);
  }

  private boolean becomes(int address, int mask, int value, int rounds) {
    for (int i = 0; i < rounds; i++) {
      if ((processor.read(address) & mask) == value) {
        return true;
      }
    }
    return false;
  }

  /**
   * Waits until the bits of {@code mask} are {@code value}, without which the board cannot go on:
   * {@link Traps#NOT_READY} where they never are.
   */
  public void await(int address, int mask, int value) {
    if (!becomes(address, mask, value, LONG_PATIENCE)) {
      processor.stop(Traps.NOT_READY);
    }
  }
}
