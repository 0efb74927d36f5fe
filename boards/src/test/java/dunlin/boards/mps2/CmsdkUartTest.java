package dunlin.boards.mps2;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dunlin.boards.cortexm.Alarm;
import dunlin.boards.cortexm.BufferedUart;
import dunlin.boards.cortexm.RegisterModel;
import dunlin.boards.cortexm.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against DDI 0479, 4.3. */
class CmsdkUartTest {
  private static final int BASE = 0x4000_4000;
  private static final int DATA = BASE;
  private static final int STATE = BASE + 0x04;
  private static final int CONTROL = BASE + 0x08;
  private static final int INTERRUPTS = BASE + 0x0C;
  private static final int BAUD_DIVIDER = BASE + 0x10;
  private static final int SEND_FULL = 1;
  private static final int RECEIVE_FULL = 2;
  private static final int OVERRUN = 8;
  private static final int QUEUE = 4;

  private final RegisterModel registers = new RegisterModel();
  private final BufferedUart uart = uart(1_000_000);

  private BufferedUart uart(int baud) {
    int[] settings = new int[Settings.port(1)];
    settings[Settings.CORE_HERTZ] = 32_000_000;
    settings[Settings.EXTERNAL_HERTZ] = 25_000_000;
    settings[Settings.RECEIVE_QUEUE] = QUEUE;
    settings[Settings.TRANSMIT_QUEUE] = QUEUE;
    settings[Settings.BAUD] = baud;
    settings[Settings.port(0) + Settings.BASE] = BASE;
    return new BufferedUart(
        registers, settings, new Alarm(registers), new CmsdkUart(registers, settings, 0));
  }

  @Test
  void shouldTurnEverythingOnInOneWrite() {
    assertEquals(List.of(15), registers.written(CONTROL));
    assertEquals(25, registers.value(BAUD_DIVIDER));
  }

  @Test
  void shouldDivideByNoLessThanTheHardwareCan() {
    uart(3_000_000);
    assertEquals(16, registers.value(BAUD_DIVIDER));
  }

  @Test
  void shouldKeepWhatComesIn() {
    receive(0xD7, 0);
    receive(0x01, 0);
    byte[] into = new byte[3];
    assertEquals(2, uart.read(into, 1, 2));
    assertArrayEquals(new byte[] {0, (byte) 0xD7, 1}, into);
    assertEquals(0, uart.errors());
    assertEquals(List.of(2, 2), registers.written(INTERRUPTS), "cleared");
  }

  @Test
  void shouldCountOverrunsOfTheHardwareAndOfTheQueue() {
    receive(1, OVERRUN);
    assertEquals(1, uart.errors());
    assertEquals(List.of(OVERRUN), registers.written(STATE), "cleared");
    for (int i = 1; i <= QUEUE; i++) {
      receive(i, 0);
    }
    assertEquals(2, uart.errors());
    assertEquals(QUEUE, uart.available());
  }

  @Test
  void shouldSendTheRestWhenAByteHasGone() {
    registers.reading(STATE, state -> registers.written(DATA).isEmpty() ? 0 : SEND_FULL);
    assertEquals(3, uart.write(new byte[] {9, 1, 2, (byte) 0xFF}, 1, 3));
    assertEquals(List.of(1), registers.written(DATA));
    assertEquals(2, uart.writable());
    assertFalse(registers.interruptsDisabled());

    registers.reading(STATE, state -> 0);
    uart.interrupt();
    assertEquals(List.of(1, 2, 0xFF), registers.written(DATA));
    assertEquals(QUEUE, uart.writable());
  }

  private void receive(int data, int errors) {
    registers.reset(STATE, RECEIVE_FULL | errors).reset(DATA, data);
    uart.interrupt();
  }
}
