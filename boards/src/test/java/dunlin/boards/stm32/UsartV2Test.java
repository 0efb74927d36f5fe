package dunlin.boards.stm32;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dunlin.boards.cortexm.Alarm;
import dunlin.boards.cortexm.BufferedUart;
import dunlin.boards.cortexm.RegisterModel;
import dunlin.boards.cortexm.RegisterModel.Stopped;
import dunlin.boards.cortexm.Registers;
import dunlin.boards.cortexm.Settings;
import dunlin.boards.runtime.Traps;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against RM0433, 48.8: reset values, and ends that acknowledge when they are on. */
class UsartV2Test {
  private static final int BASE = 0x4000_4800;
  private static final int CONTROL = BASE;
  private static final int BAUD_RATE = BASE + 0x0C;
  private static final int STATUS = BASE + 0x1C;
  private static final int CLEAR = BASE + 0x20;
  private static final int RECEIVED_DATA = BASE + 0x24;
  private static final int DATA_TO_SEND = BASE + 0x28;

  private static final int RESET_STATUS = 0xC0;
  private static final int ENABLED = 1;
  private static final int RECEIVED = 1 << 5;
  private static final int ROOM = 1 << 7;
  private static final int OVERRUN = 1 << 3;
  private static final int FRAMING = 1 << 1;
  private static final int LISTENING = 0x2D;
  private static final int QUEUES = 1 << 29;
  private static final int QUEUE = 4;

  private final RegisterModel registers = new RegisterModel().reset(STATUS, RESET_STATUS);

  @BeforeEach
  void acknowledge() {
    registers.reading(STATUS, this::acknowledged);
  }

  /** TE and RE are acknowledged (bits 21 and 22) while the UART is on. */
  private int acknowledged(int status) {
    int control = registers.value(CONTROL);
    return status | ((control & ENABLED) != 0 ? (control & 0xC) << 19 : 0);
  }

  private BufferedUart usart(int coreHertz, int divider, int baud, int queues) {
    int[] settings = new int[Settings.port(1)];
    settings[Settings.RECEIVE_QUEUE] = QUEUE;
    settings[Settings.TRANSMIT_QUEUE] = QUEUE;
    settings[Settings.CORE_HERTZ] = coreHertz;
    settings[Settings.BAUD] = baud;
    settings[Settings.port(0) + Settings.BASE] = BASE;
    settings[Settings.port(0) + Settings.CLOCK_DIVIDER] = divider;
    UsartV2 hardware = new UsartV2(new Registers(registers), settings, 0, queues);
    return new BufferedUart(registers, settings, new Alarm(registers), hardware);
  }

  private BufferedUart usart() {
    return usart(480_000_000, 4, 3_000_000, QUEUES);
  }

  /** Baud rate = clock / USARTDIV, or twice that where OVER8 is set (48.5.5). */
  @ParameterizedTest
  @CsvSource({
    "480000000, 4, 3000000, 40, 0",
    "80000000, 1, 3000000, 27, 0",
    "80000000, 1, 115200, 694, 0",
    "80000000, 2, 3000000, 21, 32768",
  })
  void shouldDivideItsClock(int core, int divider, int baud, int rate, int by8) {
    usart(core, divider, baud, 0);
    assertEquals(rate, registers.value(BAUD_RATE));
    assertEquals(LISTENING | by8, registers.value(CONTROL));
  }

  @Test
  void shouldSetItsQueuesWhileItIsOff() {
    usart();
    assertEquals(List.of(QUEUES, QUEUES | LISTENING), registers.written(CONTROL));
  }

  @Test
  void shouldStopByNameWhereAnEndNeverTurnsOn() {
    registers.reading(STATUS, status -> acknowledged(status) & ~(1 << 22));
    Stopped stopped = assertThrows(Stopped.class, this::usart);
    assertEquals(Traps.NOT_READY, stopped.reason());
  }

  @Test
  void shouldKeepWhatComesIn() {
    BufferedUart usart = usart();
    receive(usart, 0xD7, 0);
    receive(usart, 0x01, 0);
    byte[] into = new byte[4];
    assertEquals(2, usart.read(into, 1, 3));
    assertArrayEquals(new byte[] {0, (byte) 0xD7, 1, 0}, into);
    assertEquals(0, usart.errors());
    assertEquals(List.of(), registers.written(CLEAR));
  }

  @Test
  void shouldClearTheErrorsItCounts() {
    BufferedUart usart = usart();
    receive(usart, 1, OVERRUN | FRAMING);
    assertEquals(1, usart.errors());
    assertEquals(1, usart.available());
    assertEquals(List.of(OVERRUN | FRAMING), registers.written(CLEAR));
  }

  @Test
  void shouldAskForAnInterruptWhileBytesAreLeft() {
    BufferedUart usart = usart();
    registers.reading(STATUS, status -> registers.written(DATA_TO_SEND).size() < 2 ? ROOM : 0);
    assertEquals(4, usart.write(new byte[] {(byte) 0xFF, 2, 3, 4, 5}, 0, 4));
    assertEquals(QUEUES | LISTENING | ROOM, registers.value(CONTROL));

    registers.reading(STATUS, status -> ROOM);
    usart.interrupt();
    assertEquals(List.of(0xFF, 2, 3, 4), registers.written(DATA_TO_SEND));
    assertEquals(QUEUES | LISTENING, registers.value(CONTROL));
  }

  private void receive(BufferedUart usart, int data, int errors) {
    registers.reset(STATUS, RECEIVED | errors).reset(RECEIVED_DATA, data);
    usart.interrupt();
  }
}
