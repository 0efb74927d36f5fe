package dunlin.boards.stm32;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dunlin.boards.cortexm.RegisterModel;
import dunlin.boards.cortexm.Registers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the maps of the RCC: RM0090, 7.3.24; RM0351, 6.4.32; RM0433, 8.7.63. */
class ClockGatesTest {
  private static final int RCC = 0x4002_3800;

  private final RegisterModel registers = new RegisterModel();

  private ClockGates gates(int resetOffset) {
    return new ClockGates(new Registers(registers), RCC, resetOffset);
  }

  @Test
  void shouldTurnAPeripheralOnAndLeaveTheOthers() {
    registers.reset(RCC + 0x30, 0x0010_0000); // the CCM, from reset on
    gates(-0x20).enable(0x30, 1);
    assertEquals(0x0010_0002, registers.value(RCC + 0x30));
  }

  /** APB2ENR and APB2RSTR of an F4, an L4, an H7. */
  @ParameterizedTest
  @CsvSource({"-32, 0x44, 0x24", "-32, 0x60, 0x40", "-88, 0xF0, 0x98"})
  void shouldResetWhatItTurnsOn(int resetOffset, int enable, int reset) {
    gates(resetOffset).reset(enable, 12);
    assertEquals(List.of(1 << 12, 0), registers.written(RCC + reset));
  }
}
