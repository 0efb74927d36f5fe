package dunlin.boards.stm32f4;

import dunlin.boards.cortexm.Registers;

/** Clocks (RM0090, 7.3) and the flash wait states that they need (3.9.1). */
final class Rcc {
  /** Core clock from reset on. */
  private static final int INTERNAL_HERTZ = 16_000_000;

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

  private final Registers registers;

  Rcc(Registers registers) {
    this.registers = registers;
  }

  /**
   * False on QEMU, where every register of this peripheral reads 0; on silicon the internal
   * oscillator is on and ready from reset.
   */
  boolean present() {
    return registers.read(CONTROL) != 0;
  }

  /**
   * Runs the core from the PLL, its buses at a quarter (APB1) and a half (APB2). Where the crystal
   * does not start, the internal oscillator is as fast, but less exact.
   */
  void start(int crystalHertz, int coreHertz) {
    if (!present()) {
      return;
    }
    registers.set(CONFIGURATION, APB1_BY_4_APB2_BY_2);
    registers.set(CONTROL, CRYSTAL_ON);
    boolean crystal = registers.becomes(CONTROL, CRYSTAL_READY, CRYSTAL_READY);
    int source = crystal ? crystalHertz : INTERNAL_HERTZ;
    // The VCO runs at twice the core clock; the field of the divider by two is 0.
    int multiplier = (coreHertz << 1) / PLL_INPUT_HERTZ;
    int from = crystal ? PLL_FROM_CRYSTAL : 0;
    registers.write(PLL, source / PLL_INPUT_HERTZ | multiplier << 6 | from | USB_DIVIDER_7);
    registers.write(FLASH_ACCESS, FIVE_WAIT_STATES_WITH_CACHES);
    registers.set(CONTROL, PLL_ON);
    registers.await(CONTROL, PLL_READY, PLL_READY);
    registers.set(CONFIGURATION, CORE_FROM_PLL);
    registers.await(CONFIGURATION, CORE_SOURCE, CORE_IS_FROM_PLL);
  }
}
