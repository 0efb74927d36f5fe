package dunlin.boards.stm32f4;

import dunlin.boards.cortexm.Processor;

/** Clocks (RM0090, 7.3) and the flash wait states that they need (3.9.1). */
final class Rcc {
  /** Offset of the register that turns on the clocks of GPIO ports. */
  static final int AHB1_ENABLE = 0x30;

  /** Core clock from reset on, and where the crystal or the PLL does not start. */
  static final int INTERNAL_HERTZ = 16_000_000;

  private static final int BASE = 0x40023800;
  private static final int CONTROL = BASE;
  private static final int CRYSTAL_ON = 1 << 16;
  private static final int CRYSTAL_READY = 1 << 17;
  private static final int PLL_ON = 1 << 24;
  private static final int PLL_READY = 1 << 25;

  private static final int PLL = BASE + 0x04;
  private static final int PLL_FROM_CRYSTAL = 1 << 22;
  private static final int PLL_INPUT_HERTZ = 2_000_000;
  private static final int USB_DIVIDER_7 = 7 << 24;

  private static final int CONFIGURATION = BASE + 0x08;
  private static final int APB1_BY_4_APB2_BY_2 = 5 << 10 | 4 << 13;
  private static final int CORE_FROM_PLL = 2;
  private static final int CORE_IS_FROM_PLL = 2 << 2;
  private static final int CORE_SOURCE = 3 << 2;

  private static final int FLASH_ACCESS = 0x40023C00;
  private static final int FIVE_WAIT_STATES_WITH_CACHES = 5 | 1 << 8 | 1 << 9 | 1 << 10;

  /** The crystal takes 2 ms (datasheet DS8626, table 32): some 4,000 rounds at 16 MHz. */
  private static final int PATIENCE = 100_000;

  private final Processor processor;

  Rcc(Processor processor) {
    this.processor = processor;
  }

  /**
   * False on QEMU, where every register of this peripheral reads 0; on silicon the internal
   * oscillator is on and ready from reset.
   */
  boolean present() {
    return processor.read(CONTROL) != 0;
  }

  /**
   * Runs the core from the PLL, its buses at a quarter (APB1) and a half (APB2).
   *
   * @return the core clock in Hz: {@link #INTERNAL_HERTZ} where the PLL does not start
   */
  int start(int crystalHertz, int coreHertz) {
    if (!present()) {
      return coreHertz;
    }
    set(CONFIGURATION, APB1_BY_4_APB2_BY_2);
    set(CONTROL, CRYSTAL_ON);
    boolean crystal = becomes(CONTROL, CRYSTAL_READY, CRYSTAL_READY);
    int source = crystal ? crystalHertz : INTERNAL_HERTZ;
    // The VCO runs at twice the core clock; the field of the divider by two is 0.
    int multiplier = (coreHertz << 1) / PLL_INPUT_HERTZ;
    int from = crystal ? PLL_FROM_CRYSTAL : 0;
    processor.write(PLL, source / PLL_INPUT_HERTZ | multiplier << 6 | from | USB_DIVIDER_7);
    processor.write(FLASH_ACCESS, FIVE_WAIT_STATES_WITH_CACHES);
    set(CONTROL, PLL_ON);
    if (!becomes(CONTROL, PLL_READY, PLL_READY)) {
      return INTERNAL_HERTZ;
    }
    set(CONFIGURATION, CORE_FROM_PLL);
    return becomes(CONFIGURATION, CORE_SOURCE, CORE_IS_FROM_PLL) ? coreHertz : INTERNAL_HERTZ;
  }

  /** Turns a peripheral's clock on: bit {@code bit} of the register at {@code offset}. */
  void enable(int offset, int bit) {
    set(BASE + offset, 1 << bit);
    processor.read(BASE + offset); // the clock arrives two cycles later (errata ES0182, 2.1.13)
  }

  private void set(int register, int bits) {
    processor.write(register, processor.read(register) | bits);
  }

  private boolean becomes(int register, int mask, int value) {
    for (int i = 0; i < PATIENCE; i++) {
      if ((processor.read(register) & mask) == value) {
        return true;
      }
    }
    return false;
  }
}
