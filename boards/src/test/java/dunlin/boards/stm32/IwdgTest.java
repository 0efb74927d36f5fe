package dunlin.boards.stm32;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dunlin.boards.cortexm.RegisterModel;
import dunlin.boards.cortexm.RegisterModel.Stopped;
import dunlin.boards.cortexm.Registers;
import dunlin.boards.runtime.Traps;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against RM0090, 21.4: reset values, a key, and an update that takes its time. */
class IwdgTest {
  private static final int BASE = 0x4000_3000;
  private static final int KEY = BASE;
  private static final int PRESCALER = BASE + 0x04;
  private static final int RELOAD = BASE + 0x08;
  private static final int STATUS = BASE + 0x0C;

  private final RegisterModel registers = new RegisterModel().reset(RELOAD, 0xFFF);

  private Iwdg start() {
    return new Iwdg(new Registers(registers), BASE, 47_000);
  }

  @Test
  void shouldStartAtTheLongestPeriod() {
    Iwdg watchdog = start();
    assertEquals(List.of(0xCCCC, 0x5555), registers.written(KEY));
    assertEquals(6, registers.value(PRESCALER), "by 256");
    assertEquals(0xFFF, registers.value(RELOAD));
    assertEquals(22_310_127_659L, watchdog.period(), "4096 · 256 cycles of 47 kHz");
  }

  @Test
  void shouldBeFed() {
    start().feed();
    assertEquals(List.of(0xCCCC, 0x5555, 0xAAAA), registers.written(KEY));
  }

  /** PVU and RVU: what was written before the reset is still on its way. */
  @Test
  void shouldWaitForAnEarlierUpdate() {
    int[] rounds = {1000};
    registers.reading(STATUS, status -> rounds[0]-- > 0 ? 3 : 0);
    start();
    assertEquals(6, registers.value(PRESCALER));
  }

  @Test
  void shouldStopByNameWhereAnUpdateNeverEnds() {
    registers.reading(STATUS, status -> 1);
    Stopped stopped = assertThrows(Stopped.class, this::start);
    assertEquals(Traps.NOT_READY, stopped.reason());
    assertEquals(List.of(), registers.written(PRESCALER), "written while it is updated");
  }
}
