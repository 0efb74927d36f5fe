package dunlin.boards.stm32;

import dunlin.boards.cortexm.Registers;
import dunlin.hal.Watchdog;

/**
 * The independent watchdog, at its longest period (RM0090, 21.4; RM0351, 36.4; RM0433, 47.4: the
 * same registers, but for a window that stays open).
 */
public final class Iwdg implements Watchdog {
  private static final int KEY = 0x00;
  private static final int PRESCALER = 0x04;
  private static final int RELOAD = 0x08;
  private static final int STATUS = 0x0C;

  private static final int UNLOCK = 0x5555;
  private static final int START = 0xCCCC;
  private static final int FEED = 0xAAAA;
  private static final int BY_256 = 6;
  private static final int COUNTS = 4096;

  /** Prescaler and reload value are on their way to the oscillator's side. */
  private static final int UPDATING = 3;

  private final Registers registers;
  private final int base;
  private final long periodNanos;

  /**
   * Starts it.
   *
   * @param base address of its registers
   * @param fastestHertz of the oscillator that it counts
   */
  public Iwdg(Registers registers, int base, int fastestHertz) {
    this.registers = registers;
    this.base = base;
    periodNanos = 1_000_000_000L * (COUNTS * 256) / fastestHertz;
    registers.write(base + KEY, START);
    registers.write(base + KEY, UNLOCK);
    registers.await(base + STATUS, UPDATING, 0); // an update may have been on its way at the reset
    registers.write(base + PRESCALER, BY_256);
    registers.write(base + RELOAD, COUNTS - 1);
  }

  @Override
  public void feed() {
    registers.write(base + KEY, FEED);
  }

  @Override
  public long period() {
    return periodNanos;
  }
}
