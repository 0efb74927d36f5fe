package dunlin.boards.cortexm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SysTickTest {
  private static final int CONTROL = 0xE000E010;
  private static final int RELOAD = 0xE000E014;
  private static final int VALUE = 0xE000E018;
  private static final int INTERRUPT_CONTROL = 0xE000ED04;
  private static final int PENDING = 1 << 26;

  private final RegisterModel registers = new RegisterModel();
  private final SysTick clock = new SysTick(registers, 168_000_000);

  @Test
  void shouldTickEveryMillisecond() {
    assertEquals(167_999, registers.value(RELOAD));
    assertEquals(7, registers.value(CONTROL));
  }

  @Test
  void shouldCountTicksAndWhatHasRunSince() {
    registers.reset(VALUE, 167_999);
    assertEquals(0, clock.now());
    clock.interrupt();
    registers.reset(VALUE, 167_999 - 84_000);
    assertEquals(1_499_980, clock.now());
  }

  @Test
  void shouldNotRunBackwardsWhileInterruptsAreDisabled() {
    registers.reset(VALUE, 100);
    assertEquals(999_359, clock.now());
    registers.reset(VALUE, 167_990).reset(INTERRUPT_CONTROL, PENDING);
    assertEquals(1_000_053, clock.now());
  }

  /** The counter began anew after it was read: the pending tick is not in the reading. */
  @Test
  void shouldNotCountATickThatIsPendingButLater() {
    registers.reset(VALUE, 3).reset(INTERRUPT_CONTROL, PENDING);
    assertEquals(999_937, clock.now());
  }
}
