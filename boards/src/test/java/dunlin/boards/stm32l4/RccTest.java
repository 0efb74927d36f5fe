package dunlin.boards.stm32l4;

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

/** Against RM0351, 5.4 and 6.4: reset values, and bits that become ready when they are asked to. */
class RccTest {
  private static final int CONTROL = 0x40021000;
  private static final int READY = 0x0200_0400;
  private static final int CONFIGURATION = 0x40021008;
  private static final int PLL = 0x4002100C;
  private static final int APB1_ENABLE = 0x40021058;
  private static final int VOLTAGE = 0x40007000;
  private static final int VOLTAGE_STATUS = 0x40007014;
  private static final int FLASH_ACCESS = 0x40022000;
  private static final int CORE = 80_000_000;

  private int never;
  private final RegisterModel registers =
      new RegisterModel()
          .reset(CONTROL, 0x63)
          .reset(PLL, 0x1000)
          .reset(VOLTAGE, 0x200)
          .reset(FLASH_ACCESS, 0x600)
          .reading(CONTROL, on -> on | (on & 1 << 8 & ~never) << 2 | (on & 1 << 24 & ~never) << 1)
          .reading(CONFIGURATION, wanted -> wanted & ~0xC | (wanted & 3) << 2);
  private final Rcc rcc = new Rcc(new Registers(registers));

  @Test
  void shouldRunFromTheInternalOscillatorThroughThePll() {
    rcc.start(CORE);
    assertEquals(0x0100_0163, registers.value(CONTROL) & ~READY, "MSI, HSI16 and PLL");
    assertEquals(2 | 1 << 4 | 20 << 8 | 1 << 24, registers.value(PLL), "16 / 2 · 20 / 2 MHz");
    assertEquals(3, registers.value(CONFIGURATION), "every bus as fast");
  }

  @Test
  void shouldBeInRange1AndSlowTheFlashDownBeforeTheCoreSpeedsUp() {
    registers.reset(VOLTAGE, 0x400);
    rcc.start(CORE);
    assertEquals(1 << 28, registers.value(APB1_ENABLE), "PWR has a clock");
    assertEquals(0x200, registers.value(VOLTAGE));
    assertEquals(0x704, registers.value(FLASH_ACCESS));
    assertTrue(
        registers.order().indexOf(FLASH_ACCESS) < registers.order().lastIndexOf(CONFIGURATION));
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 8, 1 << 24})
  void shouldStopByNameWhereAClockDoesNotStart(int bit) {
    never = bit;
    assertStopped();
    assertEquals(0, registers.value(CONFIGURATION));
  }

  @Test
  void shouldStopByNameWhereTheVoltageGoesOnChanging() {
    registers.reset(VOLTAGE_STATUS, 1 << 10);
    assertStopped();
  }

  @ParameterizedTest
  @ValueSource(ints = {CONFIGURATION, FLASH_ACCESS})
  void shouldStopByNameWhereARegisterDoesNotTakeWhatIsWritten(int register) {
    registers.reading(register, value -> 0);
    assertStopped();
  }

  private void assertStopped() {
    Stopped stopped = assertThrows(Stopped.class, () -> rcc.start(CORE));
    assertEquals(Traps.NOT_READY, stopped.reason());
  }
}
