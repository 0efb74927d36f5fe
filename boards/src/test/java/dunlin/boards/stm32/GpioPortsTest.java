package dunlin.boards.stm32;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.cortexm.RegisterModel;
import dunlin.boards.cortexm.Registers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against RM0090, 8.4; the other families have the same registers elsewhere. */
class GpioPortsTest {
  private static final int PORT_B = 0x40020400;
  private static final int PB6 = 22;
  private static final int PB10 = 26;

  private final RegisterModel registers = new RegisterModel();
  private final Registers access = new Registers(registers);
  private final ClockGates gates = new ClockGates(access, 0x40023800, -0x20);
  private final GpioPorts gpio = new GpioPorts(access, gates, 0x40020000, 0x30);

  @Test
  void shouldGiveAPinToAPeripheralAndLeaveTheOthers() {
    registers.reset(PORT_B, 0x0000_0280); // SWD's pins, from reset on
    gpio.connect(PB6, 7, GpioPorts.PULL_UP);
    gpio.connect(PB10, 8, GpioPorts.PULL_DOWN);
    assertEquals(2, registers.value(0x40023830), "port B has a clock");
    assertEquals(0x0000_0280 | 2 << 12 | 2 << 20, registers.value(PORT_B), "mode");
    assertEquals(1 << 12 | 2 << 20, registers.value(PORT_B + 0x0C), "up and down");
    assertEquals(7 << 24, registers.value(PORT_B + 0x20), "function of pins 0 to 7");
    assertEquals(8 << 8, registers.value(PORT_B + 0x24), "function of pins 8 to 15");
  }

  @Test
  void shouldDriveAnOutputBeforeItIsOne() {
    gpio.output(PB6, true);
    assertEquals(1 << 6, registers.value(PORT_B + 0x18));
    assertEquals(1 << 12, registers.value(PORT_B), "mode");
    assertEquals(List.of(PORT_B + 0x18, PORT_B), registers.order().subList(1, 3));
  }

  @Test
  void shouldMakeAPinAnInput() {
    registers.reset(PORT_B, 3 << 12); // analogue, as an L4's pins are from reset on
    gpio.input(PB6, GpioPorts.PULL_UP);
    assertEquals(0, registers.value(PORT_B), "mode");
    assertEquals(1 << 12, registers.value(PORT_B + 0x0C), "pull");
  }

  @Test
  void shouldReadAndDriveAPin() {
    registers.reset(PORT_B + 0x10, 1 << 6);
    assertTrue(gpio.read(PB6));
    assertFalse(gpio.read(PB10));
    gpio.write(PB6, true);
    assertEquals(1 << 6, registers.value(PORT_B + 0x18));
    gpio.write(PB6, false);
    assertEquals(1 << 22, registers.value(PORT_B + 0x18));
  }
}
