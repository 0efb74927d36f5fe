package dunlin.boards.stm32h7;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.cortexm.RegisterModel;
import dunlin.boards.cortexm.RegisterModel.Stopped;
import dunlin.boards.cortexm.Registers;
import dunlin.boards.runtime.Traps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against RM0433, 6.8 and 8.7: reset values, and bits that become ready when they are asked to. */
class RccTest {
  private static final int CONTROL = 0x58024400;
  private static final int READY = 0x0202_0000;
  private static final int CONFIGURATION = 0x58024410;
  private static final int PLL_SOURCE = 0x58024428;
  private static final int PLL_RANGES = 0x5802442C;
  private static final int PLL_DIVIDERS = 0x58024430;
  private static final int APB4_ENABLE = 0x580244F4;
  private static final int VOLTAGE = 0x58024818;
  private static final int OVERDRIVE = 0x5800042C;
  private static final int FLASH_ACCESS = 0x52002000;
  private static final int SUPPLY_STATUS = 0x58024804;
  private static final int SUPPLY = 0x5802480C;
  private static final int VOLTAGE_READY = 1 << 13;
  private static final int EXTERNAL = 8_000_000;
  private static final int CORE = 480_000_000;

  private int never;
  private int neverSupplied;
  private int neverVoltage;
  private final RegisterModel registers =
      new RegisterModel()
          .reset(CONTROL, 0x83)
          .reset(VOLTAGE, 0x4000)
          .reset(SUPPLY, 6)
          .reading(SUPPLY_STATUS, held -> 0x4000 | VOLTAGE_READY & ~neverSupplied)
          .reset(PLL_SOURCE, 0x02020200)
          .reset(PLL_RANGES, 0x01FF0000)
          .reset(PLL_DIVIDERS, 0x01010280)
          .reset(FLASH_ACCESS, 0x37)
          .reading(CONTROL, on -> on | (on & 0x0101_0000 & ~never) << 1)
          .reading(CONFIGURATION, wanted -> wanted & ~0x38 | (wanted & 7) << 3)
          .reading(VOLTAGE, scale -> scale | VOLTAGE_READY & ~neverVoltage);
  private final Rcc rcc = new Rcc(new Registers(registers));

  @Test
  void shouldRunFromTheClockThatComesInThroughThePll() {
    rcc.start(EXTERNAL, true, CORE);
    assertEquals(0x0105_0083, registers.value(CONTROL) & ~READY, "HSE, bypassed, and PLL1");
    assertEquals(1 << 4 | 2, registers.value(PLL_SOURCE), "8 MHz from HSE");
    assertEquals(3 << 16 | 3 << 2, registers.value(PLL_RANGES), "wide VCO, 8 to 16 MHz, P and Q");
    assertEquals(119 | 1 << 9 | 11 << 16, registers.value(PLL_DIVIDERS), "960 MHz by 2 and 12");
    assertEquals(3, registers.value(CONFIGURATION) & 7);
  }

  @Test
  void shouldTakeACrystalWhereThereIsOne() {
    rcc.start(16_000_000, false, CORE);
    assertEquals(0x0101_0083, registers.value(CONTROL) & ~READY);
    assertEquals(2 << 4 | 2, registers.value(PLL_SOURCE), "16 MHz by 2");
  }

  @Test
  void shouldHalveTheBuses() {
    rcc.start(EXTERNAL, true, CORE);
    assertEquals(0x48, registers.value(0x58024418), "AXI 240 MHz, APB3 120 MHz");
    assertEquals(0x440, registers.value(0x5802441C), "APB1 and APB2 120 MHz");
    assertEquals(0x40, registers.value(0x58024420), "APB4 120 MHz");
  }

  @Test
  void shouldRaiseTheVoltageAndSlowTheFlashDownBeforeTheCoreSpeedsUp() {
    rcc.start(EXTERNAL, true, CORE);
    assertEquals(2, registers.value(SUPPLY), "LDO, for good");
    assertEquals(3 << 14, registers.value(VOLTAGE) & 3 << 14, "scale 1");
    assertEquals(2, registers.value(APB4_ENABLE), "SYSCFG has a clock");
    assertEquals(1, registers.value(OVERDRIVE), "scale 0");
    assertEquals(0x24, registers.value(FLASH_ACCESS));
    int coreSpeedsUp = registers.order().lastIndexOf(CONFIGURATION);
    assertTrue(registers.order().indexOf(OVERDRIVE) < coreSpeedsUp);
    assertTrue(registers.order().indexOf(VOLTAGE) < registers.order().indexOf(OVERDRIVE));
    assertTrue(registers.order().indexOf(FLASH_ACCESS) < coreSpeedsUp);
  }

  @Test
  void shouldTakeTheInternalOscillatorWhereNoClockComesIn() {
    never = 1 << 16;
    rcc.start(EXTERNAL, true, CORE);
    assertEquals(8 << 4, registers.value(PLL_SOURCE), "64 MHz by 8");
  }

  @Test
  void shouldStopByNameWhereThePllDoesNotLock() {
    never = 1 << 24;
    assertStopped();
  }

  @Test
  void shouldStopByNameWhereTheSupplyIsNotThere() {
    neverSupplied = VOLTAGE_READY;
    assertStopped();
    assertEquals(0x4000, registers.value(VOLTAGE));
  }

  @Test
  void shouldStopByNameWhereTheVoltageDoesNotRise() {
    neverVoltage = VOLTAGE_READY;
    assertStopped();
    assertEquals(0, registers.value(OVERDRIVE));
  }

  @ParameterizedTest
  @ValueSource(ints = {CONFIGURATION, FLASH_ACCESS})
  void shouldStopByNameWhereARegisterDoesNotTakeWhatIsWritten(int register) {
    registers.reading(register, value -> 0);
    assertStopped();
  }

  private void assertStopped() {
    Stopped stopped = assertThrows(Stopped.class, () -> rcc.start(EXTERNAL, true, CORE));
    assertEquals(Traps.NOT_READY, stopped.reason());
  }
}
