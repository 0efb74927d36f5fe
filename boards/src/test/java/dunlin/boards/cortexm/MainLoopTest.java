package dunlin.boards.cortexm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dunlin.hal.Flash;
import dunlin.hal.Framing;
import dunlin.hal.Gpio;
import dunlin.hal.Machine;
import dunlin.hal.Wake;
import dunlin.hal.Watchdog;
import dunlin.hal.emulated.BoardSpec;
import dunlin.hal.emulated.Emulation;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * On a board with one UART. While the processor sleeps a microsecond passes, a byte comes, and a
 * byte goes; the timer ticks every tenth.
 */
class MainLoopTest {
  private static final int QUEUE = 16;
  private static final int CORE_HERTZ = 1_000_000;
  private static final int SYSTICK_VALUE = 0xE000E018;

  private final RegisterModel processor = new RegisterModel();
  private final SlowUart uart = new SlowUart();
  private CortexMBoard board;
  private final Emulation emulation = new Emulation();
  private Flash flash;
  private int steps;
  private int sleeps;
  private boolean sleptWithInterruptsEnabled;

  @BeforeEach
  void powerUp() {
    int[] settings = new int[Settings.port(1)];
    settings[Settings.CORE_HERTZ] = CORE_HERTZ;
    settings[Settings.PORTS] = 1;
    settings[Settings.RECEIVE_QUEUE] = QUEUE;
    settings[Settings.TRANSMIT_QUEUE] = QUEUE;
    flash = emulatedFlash();
    SysTick clock = new SysTick(processor, CORE_HERTZ);
    board = new CortexMBoard(processor, settings, new Chip(), clock);
    board.open(0, false);
    processor.reset(SYSTICK_VALUE, 999).whileAsleep(this::microsecond);
  }

  /** Erases in 25 microseconds. */
  private Flash emulatedFlash() {
    BoardSpec spec =
        new BoardSpec(
            "board",
            new BoardSpec.FlashSpec(8, 8, 8, 0, 25_000),
            List.of(),
            List.of(),
            List.of(),
            0,
            0,
            List.of(0, 0, 0),
            0);
    return emulation.add(spec, on -> (now, wake) -> {}).flash();
  }

  private void microsecond() {
    sleeps++;
    emulation.runUntil(emulation.now() + 1000);
    sleptWithInterruptsEnabled |= !processor.interruptsDisabled();
    processor.reset(SYSTICK_VALUE, 999 - sleeps);
    uart.room = 1;
    board.port(0).interrupt();
    if (sleeps % 10 == 0) {
      board.alarm().tick();
    }
  }

  /** A turn of a machine that asks for this; how long it slept, in microseconds. */
  private int turn(Asking asking) {
    Machine machine =
        (now, wake) -> {
          steps++;
          asking.ask(wake);
        };
    new MainLoop(processor, board, machine).turn();
    assertEquals(1, steps);
    assertFalse(sleptWithInterruptsEnabled, "an interrupt before the sleep would be slept through");
    assertFalse(processor.interruptsDisabled());
    return sleeps;
  }

  private interface Asking {
    void ask(Wake wake);
  }

  @Test
  void shouldSleepUntilTheTickAfterTheDeadline() {
    assertEquals(20, turn(wake -> wake.deadline = 17_000));
  }

  @Test
  void shouldNotSleepWhereTheDeadlineHasPassed() {
    assertEquals(0, turn(wake -> wake.deadline = 0));
  }

  @Test
  void shouldSleepUntilSoManyBytesAreIn() {
    uart.incoming = new byte[6];
    assertEquals(3, turn(wake -> wake.receive[0] = 3));
  }

  @Test
  void shouldTakeMoreThanTheQueueHoldsForAFullQueue() {
    uart.incoming = new byte[100];
    assertEquals(QUEUE, turn(wake -> wake.receive[0] = 100));
  }

  @Test
  void shouldSleepUntilAWholeFrameIsIn() {
    uart.incoming = new byte[100]; // a frame without payload
    assertEquals(
        Framing.HEADER_BYTES + Framing.TRAILER_BYTES,
        turn(
            wake -> {
              wake.receive[0] = Framing.HEADER_BYTES;
              wake.framed = 1;
            }));
  }

  @Test
  void shouldSleepUntilThereIsSoMuchRoom() {
    assertEquals(
        5,
        turn(
            wake -> {
              uart.room = 0;
              board.port(0).write(new byte[QUEUE], 0, QUEUE);
              wake.transmit[0] = 5;
            }));
  }

  @Test
  void shouldTakeMoreThanAQueueHoldsForAnEmptyOne() {
    assertEquals(0, turn(wake -> wake.transmit[0] = 100));
  }

  @Test
  void shouldSleepUntilTheTickAfterTheFlashIsIdle() {
    assertEquals(
        30,
        turn(
            wake -> {
              flash.erase(0);
              wake.flashIdle = true;
            }));
  }

  /** A byte comes with each interrupt, while there are any. */
  private static final class SlowUart implements SerialHardware {
    byte[] incoming = {};
    int room;
    private int taken;

    @Override
    public boolean onlyReceived() {
      return taken < incoming.length && room == 0;
    }

    @Override
    public int status() {
      return taken < incoming.length ? RECEIVED : 0;
    }

    @Override
    public int receive() {
      return incoming[taken++] & 0xff;
    }

    @Override
    public boolean room() {
      return room > 0;
    }

    @Override
    public void send(int value) {
      room--;
    }

    @Override
    public void interruptWhenRoom(boolean wanted) {}
  }

  private final class Chip implements Peripherals {
    @Override
    public void start() {}

    @Override
    public Flash flash() {
      return flash;
    }

    @Override
    public Watchdog watchdog() {
      return null;
    }

    @Override
    public Gpio gpio() {
      return null;
    }

    @Override
    public SerialHardware uart(int port) {
      return uart;
    }

    @Override
    public InterruptedPort spi(int index, boolean master, SysTick clock, Alarm alarm) {
      return null;
    }

    @Override
    public int uid(int word) {
      return 0;
    }
  }
}
