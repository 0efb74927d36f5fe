package dunlin.boards.stm32h7;

import dunlin.boards.cortexm.Registers;

/**
 * Clocks (RM0433, 8.7), the supply voltage (6.8) and the flash wait states (4.9.1) that they need.
 */
final class Rcc {
  static final int BASE = 0x58024400;

  /** Offset of the register that turns on the clocks of GPIO ports. */
  static final int AHB4_ENABLE = 0xE0;

  /** Offset of the register that turns on SYSCFG's clock. */
  static final int APB4_ENABLE = 0xF4;

  static final int SYSCFG_BIT = 1;

  private static final int INTERNAL_HERTZ = 64_000_000;

  private static final int CONTROL = BASE;
  private static final int EXTERNAL_ON = 1 << 16;
  private static final int EXTERNAL_READY = 1 << 17;
  private static final int EXTERNAL_IS_CLOCK = 1 << 18;
  private static final int PLL_ON = 1 << 24;
  private static final int PLL_READY = 1 << 25;

  private static final int CONFIGURATION = BASE + 0x10;
  private static final int CORE_FROM_PLL = 3;
  private static final int CORE_IS_FROM_PLL = 3 << 3;
  private static final int CORE_SOURCE = 7 << 3;

  private static final int DOMAIN_1 = BASE + 0x18;
  private static final int AXI_AND_APB3_BY_2 = 8 | 4 << 4;
  private static final int DOMAIN_2 = BASE + 0x1C;
  private static final int APB1_AND_APB2_BY_2 = 4 << 4 | 4 << 8;
  private static final int DOMAIN_3 = BASE + 0x20;
  private static final int APB4_BY_2 = 4 << 4;

  private static final int PLL_SOURCE = BASE + 0x28;
  private static final int FROM_INTERNAL = 0;
  private static final int FROM_EXTERNAL = 2;
  private static final int PLL_INPUT_HERTZ = 8_000_000;

  private static final int PLL_RANGES = BASE + 0x2C;
  private static final int INPUT_FROM_8_TO_16_MHZ = 3 << 2;
  private static final int OUTPUTS_P_AND_Q = 3 << 16;

  private static final int PLL_DIVIDERS = BASE + 0x30;

  /** The VCO runs at twice the core clock. */
  private static final int BY_2 = 1 << 9;

  /** SPI1 to 3 count what the VCO gives, by 12: a sixth of the core clock. */
  private static final int SPI_BY_12 = 11 << 16;

  private static final int SUPPLY_STATUS = 0x58024804;
  private static final int SUPPLY_READY = 1 << 13;
  private static final int SUPPLY = 0x5802480C;
  private static final int SUPPLY_FIELDS = 7;
  private static final int LDO = 2;
  private static final int VOLTAGE = 0x58024818;
  private static final int SCALE_1 = 3 << 14;
  private static final int VOLTAGE_READY = 1 << 13;
  private static final int OVERDRIVE = 0x5800042C;
  private static final int OVERDRIVE_ON = 1;

  private static final int FLASH_ACCESS = 0x52002000;
  private static final int FLASH_FIELDS = 0x3F;

  /** For 225 to 240 MHz on AXI, at scale 0 (table 17). */
  private static final int FOUR_WAIT_STATES = 4 | 2 << 4;

  private final Registers registers;

  Rcc(Registers registers) {
    this.registers = registers;
  }

  /**
   * Runs the core from the PLL, AXI at half, every APB at a quarter. Where the external oscillator
   * does not start, the internal one is as fast, but less exact.
   *
   * @param clock whether the oscillator is a clock that comes in, and no crystal
   */
  void start(int externalHertz, boolean clock, int coreHertz) {
    raiseVoltage();
    if (clock) {
      registers.set(CONTROL, EXTERNAL_IS_CLOCK); // while the oscillator is off
    }
    registers.set(CONTROL, EXTERNAL_ON);
    boolean external = registers.becomes(CONTROL, EXTERNAL_READY, EXTERNAL_READY);
    int source = (external ? externalHertz : INTERNAL_HERTZ) / PLL_INPUT_HERTZ;
    registers.write(PLL_SOURCE, source << 4 | (external ? FROM_EXTERNAL : FROM_INTERNAL));
    registers.write(PLL_RANGES, INPUT_FROM_8_TO_16_MHZ | OUTPUTS_P_AND_Q);
    int multiplier = (coreHertz << 1) / PLL_INPUT_HERTZ;
    registers.write(PLL_DIVIDERS, multiplier - 1 | BY_2 | SPI_BY_12);
    registers.set(CONTROL, PLL_ON);
    registers.await(CONTROL, PLL_READY, PLL_READY);
    registers.write(DOMAIN_1, AXI_AND_APB3_BY_2);
    registers.write(DOMAIN_2, APB1_AND_APB2_BY_2);
    registers.write(DOMAIN_3, APB4_BY_2);
    registers.write(FLASH_ACCESS, FOUR_WAIT_STATES);
    registers.await(FLASH_ACCESS, FLASH_FIELDS, FOUR_WAIT_STATES);
    registers.set(CONFIGURATION, CORE_FROM_PLL);
    registers.await(CONFIGURATION, CORE_SOURCE, CORE_IS_FROM_PLL);
  }

  /** The LDO for good, which lets the scale be chosen; scale 1, then 0 for 480 MHz (6.6.2). */
  private void raiseVoltage() {
    registers.field(SUPPLY, 0, SUPPLY_FIELDS, LDO);
    registers.await(SUPPLY_STATUS, SUPPLY_READY, SUPPLY_READY);
    registers.set(VOLTAGE, SCALE_1);
    registers.await(VOLTAGE, VOLTAGE_READY, VOLTAGE_READY);
    registers.set(BASE + APB4_ENABLE, 1 << SYSCFG_BIT);
    registers.set(OVERDRIVE, OVERDRIVE_ON);
    registers.await(VOLTAGE, VOLTAGE_READY, VOLTAGE_READY);
  }
}
