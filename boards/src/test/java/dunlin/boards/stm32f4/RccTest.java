package dunlin.boards.stm32f4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.cortexm.RegisterModel;
import dunlin.boards.cortexm.RegisterModel.Stopped;
import dunlin.boards.cortexm.Registers;
import dunlin.boards.runtime.Traps;
import java.util.List;
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
  private final Rcc rcc = new Rcc(new Registers(registers));

  @Test
  void shouldRunFromTheCrystalThroughThePll() {
    rcc.start(CRYSTAL, CORE);
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
    rcc.start(CRYSTAL, CORE);
    assertEquals(8 | 168 << 6 | 7 << 24, registers.value(PLL));
  }

  @Test
  void shouldStopByNameWhereThePllDoesNotLock() {
    never = 1 << 24;
    Stopped stopped = assertThrows(Stopped.class, () -> rcc.start(CRYSTAL, CORE));
    assertEquals(Traps.NOT_READY, stopped.reason());
    assertEquals(0, registers.value(CONFIGURATION) & 3);
  }

  @Test
  void shouldLeaveAnAbsentClockTreeAlone() {
    RegisterModel nothing = new RegisterModel();
    Rcc absent = new Rcc(new Registers(nothing));
    assertFalse(absent.present());
    absent.start(CRYSTAL, CORE);
    assertEquals(List.of(), nothing.order());
  }
}
