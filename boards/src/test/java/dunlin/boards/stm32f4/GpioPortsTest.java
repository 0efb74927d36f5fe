package dunlin.boards.stm32f4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.cortexm.RegisterModel;
import org.junit.jupiter.api.Test;

/** Against RM0090, 8.4. */
class GpioPortsTest {
  private static final int PORT_B = 0x40020400;
  private static final int PB6 = 22;
  private static final int PB10 = 26;

  private final RegisterModel registers = new RegisterModel();
  private final GpioPorts gpio = new GpioPorts(registers, new Rcc(registers));

  @Test
  void shouldGiveAPinToAPeripheralAndLeaveTheOthers() {
    registers.reset(PORT_B, 0x0000_0280); // SWD's pins, from reset on
    gpio.connect(PB6, 7);
    gpio.connect(PB10, 8);
    assertEquals(2, registers.value(0x40023830), "port B has a clock");
    assertEquals(0x0000_0280 | 2 << 12 | 2 << 20, registers.value(PORT_B), "mode");
    assertEquals(1 << 12 | 1 << 20, registers.value(PORT_B + 0x0C), "pull-up");
    assertEquals(7 << 24, registers.value(PORT_B + 0x20), "function of pins 0 to 7");
    assertEquals(8 << 8, registers.value(PORT_B + 0x24), "function of pins 8 to 15");
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
