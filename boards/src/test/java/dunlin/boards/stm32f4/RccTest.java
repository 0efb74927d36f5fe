package dunlin.boards.stm32f4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.cortexm.RegisterModel;
import org.junit.jupiter.api.Test;

/** Against RM0090, 7.3: reset values, and bits that become ready when they are asked to. */
class RccTest {
  private static final int CONTROL = 0x40023800;
  private static final int PLL = 0x40023804;
  private static final int CONFIGURATION = 0x40023808;
  private static final int FLASH_ACCESS = 0x40023C00;
  private static final int CRYSTAL = 12_000_000;
  private static final int CORE = 168_000_000;

  private int never;
  private final RegisterModel registers =
      new RegisterModel()
          .reset(CONTROL, 0x83)
          .reset(PLL, 0x24003010)
          .reading(CONTROL, on -> on | (on & 0x0101_0000 & ~never) << 1)
          .reading(CONFIGURATION, wanted -> wanted & ~0xC | (wanted & 3) << 2);
  private final Rcc rcc = new Rcc(registers);

  @Test
  void shouldRunFromTheCrystalThroughThePll() {
    assertEquals(CORE, rcc.start(CRYSTAL, CORE));
    assertEquals(6 | 168 << 6 | 1 << 22 | 7 << 24, registers.value(PLL));
    assertEquals(5 << 10 | 4 << 13 | 2, registers.value(CONFIGURATION));
  }

  @Test
  void shouldSlowTheFlashDownBeforeTheCoreSpeedsUp() {
    rcc.start(CRYSTAL, CORE);
    assertEquals(0x705, registers.value(FLASH_ACCESS));
    assertTrue(
        registers.order().indexOf(FLASH_ACCESS) < registers.order().lastIndexOf(CONFIGURATION));
  }

  @Test
  void shouldTakeTheInternalOscillatorWhereTheCrystalDoesNotStart() {
    never = 1 << 16;
    assertEquals(CORE, rcc.start(CRYSTAL, CORE));
    assertEquals(8 | 168 << 6 | 7 << 24, registers.value(PLL));
  }

  @Test
  void shouldStayAtSixteenMegahertzWhereThePllDoesNotLock() {
    never = 1 << 24;
    assertEquals(16_000_000, rcc.start(CRYSTAL, CORE));
    assertEquals(0, registers.value(CONFIGURATION) & 3);
  }

  @Test
  void shouldTakeTheBoardsWordWhereThereIsNoClockTree() {
    Rcc absent = new Rcc(new RegisterModel());
    assertFalse(absent.present());
    assertEquals(CORE, absent.start(CRYSTAL, CORE));
  }

  @Test
  void shouldTurnAPeripheralOnAndLeaveTheOthers() {
    registers.reset(0x40023830, 0x0010_0000);
    rcc.enable(Rcc.AHB1_ENABLE, 1);
    assertEquals(0x0010_0002, registers.value(0x40023830));
  }
}
