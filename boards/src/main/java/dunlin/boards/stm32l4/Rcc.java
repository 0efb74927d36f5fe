package dunlin.boards.stm32l4;

import dunlin.boards.cortexm.Registers;

/**
 * Clocks (RM0351, 6.4), the supply voltage (5.4) and the flash wait states (3.7.1) that they need.
 */
final class Rcc {
  static final int BASE = 0x40021000;

  /** Offset of the register that turns on the clocks of DMA controllers. */
  static final int AHB1_ENABLE = 0x48;

  /** Offset of the register that turns on the clocks of GPIO ports. */
  static final int AHB2_ENABLE = 0x4C;

  /** Offset of the register that turns on SYSCFG's clock. */
  static final int APB2_ENABLE = 0x60;

  static final int SYSCFG_BIT = 0;

  private static final int APB1_ENABLE = 0x58;
  private static final int POWER_BIT = 28;

  private static final int CONTROL = BASE;
  private static final int INTERNAL_ON = 1 << 8;
  private static final int INTERNAL_READY = 1 << 10;
  private static final int PLL_ON = 1 << 24;
  private static final int PLL_READY = 1 << 25;

  private static final int CONFIGURATION = BASE + 0x08;
  private static final int CORE_FROM_PLL = 3;
  private static final int CORE_IS_FROM_PLL = 3 << 2;
  private static final int CORE_SOURCE = 3 << 2;

  private static final int PLL = BASE + 0x0C;

  /** HSI16 halved. */
  private static final int INPUT_8_MHZ = 2 | 1 << 4;

  private static final int PLL_INPUT_HERTZ = 8_000_000;

  /** Output R, the VCO halved: the field of that divider is 0. */
  private static final int OUTPUT_R = 1 << 24;

  private static final int VOLTAGE = 0x40007000;
  private static final int RANGE_SHIFT = 9;
  private static final int RANGE_1 = 1;
  private static final int VOLTAGE_STATUS = 0x40007014;
  private static final int VOLTAGE_CHANGING = 1 << 10;

  private static final int FLASH_ACCESS = 0x40022000;
  private static final int LATENCY = 7;

  /** For 64 to 80 MHz in range 1 (table 12), with prefetch and both caches. */
  private static final int FOUR_WAIT_STATES_WITH_CACHES = 4 | 1 << 8 | 1 << 9 | 1 << 10;

  private final Registers registers;

  Rcc(Registers registers) {
    this.registers = registers;
  }

  /** Runs the core, and every bus as fast, from the PLL, which the internal oscillator feeds. */
  void start(int coreHertz) {
    registers.set(BASE + APB1_ENABLE, 1 << POWER_BIT);
    registers.field(VOLTAGE, RANGE_SHIFT, 3, RANGE_1);
    registers.await(VOLTAGE_STATUS, VOLTAGE_CHANGING, 0);
    registers.set(CONTROL, INTERNAL_ON);
    registers.await(CONTROL, INTERNAL_READY, INTERNAL_READY);
    int multiplier = (coreHertz << 1) / PLL_INPUT_HERTZ;
    registers.write(PLL, INPUT_8_MHZ | multiplier << 8 | OUTPUT_R);
    registers.set(CONTROL, PLL_ON);
    registers.await(CONTROL, PLL_READY, PLL_READY);
    registers.write(FLASH_ACCESS, FOUR_WAIT_STATES_WITH_CACHES);
    registers.await(FLASH_ACCESS, LATENCY, 4);
    registers.set(CONFIGURATION, CORE_FROM_PLL);
    registers.await(CONFIGURATION, CORE_SOURCE, CORE_IS_FROM_PLL);
  }
}
