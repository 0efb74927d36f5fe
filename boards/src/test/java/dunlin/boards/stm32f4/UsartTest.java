package dunlin.boards.stm32f4;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dunlin.boards.cortexm.Alarm;
import dunlin.boards.cortexm.BufferedUart;
import dunlin.boards.cortexm.RegisterModel;
import dunlin.boards.cortexm.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against RM0090, 30.6. */
class UsartTest {
  private static final int BASE = 0x4001_1000;
  private static final int STATUS = BASE;
  private static final int DATA = BASE + 0x04;
  private static final int BAUD_RATE = BASE + 0x08;
  private static final int CONTROL = BASE + 0x0C;
  private static final int RECEIVED = 1 << 5;
  private static final int ROOM = 1 << 7;
  private static final int OVERRUN = 1 << 3;
  private static final int LISTENING = 0x202C;
  private static final int QUEUE = 4;

  private final RegisterModel registers = new RegisterModel().reset(STATUS, 0xC0);
  private final BufferedUart usart = usart(168_000_000, 2, 3_000_000);

  private BufferedUart usart(int coreHertz, int divider, int baud) {
    int[] settings = new int[Settings.port(1)];
    settings[Settings.RECEIVE_QUEUE] = QUEUE;
    settings[Settings.TRANSMIT_QUEUE] = QUEUE;
    settings[Settings.CORE_HERTZ] = coreHertz;
    settings[Settings.BAUD] = baud;
    settings[Settings.port(0) + Settings.BASE] = BASE;
    settings[Settings.port(0) + Settings.CLOCK_DIVIDER] = divider;
    return new BufferedUart(
        registers, settings, new Alarm(registers), new Usart(registers, settings, 0));
  }

  /** Baud rate = clock / (8 · (2 − OVER8) · USARTDIV), 30.3.4; BRR's fraction has 3 or 4 bits. */
  @ParameterizedTest
  @CsvSource({
    "168000000, 2, 3000000, 28, 0",
    "168000000, 4, 3000000, 22, 32768",
    "168000000, 4, 115200, 365, 0",
    "16000000, 2, 1000000, 16, 32768"
  })
  void shouldDivideItsClock(int core, int divider, int baud, int rate, int by8) {
    usart(core, divider, baud);
    assertEquals(rate, registers.value(BAUD_RATE));
    assertEquals(LISTENING | by8, registers.value(CONTROL));
  }

  @Test
  void shouldKeepWhatComesIn() {
    receive(0xD7, 0);
    receive(0x01, 0);
    assertEquals(2, usart.available());
    byte[] into = new byte[4];
    assertEquals(2, usart.read(into, 1, 3));
    assertArrayEquals(new byte[] {0, (byte) 0xD7, 1, 0}, into);
    assertEquals(0, usart.errors());
  }

  @Test
  void shouldCountOverrunsOfTheHardwareAndOfTheQueue() {
    receive(1, OVERRUN);
    assertEquals(1, usart.errors());
    for (int i = 1; i < QUEUE; i++) {
      receive(i, 0);
    }
    receive(99, 0);
    assertEquals(2, usart.errors());
    assertEquals(QUEUE, usart.available());
  }

  /** The register takes one byte, and one more moves on: then it is full until an interrupt. */
  @Test
  void shouldAskForAnInterruptWhileBytesAreLeft() {
    registers.reading(STATUS, status -> registers.written(DATA).size() < 2 ? ROOM : 0);
    assertEquals(4, usart.write(new byte[] {(byte) 0xFF, 2, 3, 4, 5}, 0, 4));
    assertEquals(List.of(0xFF, 2), registers.written(DATA));
    assertEquals(LISTENING | ROOM, registers.value(CONTROL));
    assertEquals(2, usart.writable());
    assertFalse(registers.interruptsDisabled());

    registers.reading(STATUS, status -> ROOM);
    usart.interrupt();
    assertEquals(List.of(0xFF, 2, 3, 4), registers.written(DATA));
    assertEquals(LISTENING, registers.value(CONTROL));
    assertEquals(QUEUE, usart.writable());
  }

  @Test
  void shouldTakeNoMoreThanItsQueueHolds() {
    registers.reading(STATUS, status -> 0);
    assertEquals(QUEUE, usart.write(new byte[9], 0, 9));
    assertEquals(0, usart.write(new byte[9], 0, 9));
  }

  /** As on QEMU, whose register always has room. */
  @Test
  void shouldSendALongBlockAtOnceWhereTheRegisterAlwaysHasRoom() {
    assertEquals(9, usart.write(new byte[9], 0, 9));
    assertEquals(9, registers.written(DATA).size());
  }

  private void receive(int data, int errors) {
    registers.reset(STATUS, RECEIVED | errors).reset(DATA, data);
    usart.interrupt();
  }
}
