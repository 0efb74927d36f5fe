package dunlin.boards.cortexm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dunlin.hal.Board;
import dunlin.hal.Machine;
import dunlin.hal.Wake;
import dunlin.hal.emulated.BoardSpec;
import dunlin.hal.emulated.EmulatedBoard;
import dunlin.hal.emulated.Emulation;
import dunlin.hal.emulated.HostPort;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a board with a UART and an SPI port; whatever comes, comes while the processor sleeps. */
class MainLoopTest {
  private static final int UART_QUEUE = 8;
  private static final int SPI_QUEUE = 4;
  private static final int SPI = 1;

  private final RegisterModel processor = new RegisterModel();
  private final Emulation emulation = new Emulation();
  private final int[] settings = new int[Settings.port(1)];
  private EmulatedBoard board;
  private HostPort host;
  private int steps;
  private int sleeps;
  private boolean sleptWithInterruptsEnabled;

  @BeforeEach
  void powerUp() {
    settings[Settings.PORTS] = 1;
    settings[Settings.RECEIVE_QUEUE] = UART_QUEUE;
    settings[Settings.TRANSMIT_QUEUE] = UART_QUEUE;
    settings[Settings.SPI_RECEIVE_QUEUE] = SPI_QUEUE;
    settings[Settings.SPI_TRANSMIT_QUEUE] = SPI_QUEUE;
    BoardSpec spec =
        new BoardSpec(
            "board",
            new BoardSpec.FlashSpec(8, 8, 8, 0, 1_000_000),
            List.of(),
            List.of(new BoardSpec.UartSpec(UART_QUEUE, UART_QUEUE, 10_000_000)),
            List.of(new BoardSpec.SpiSpec(SPI_QUEUE, SPI_QUEUE, 8_000_000, 0)),
            0,
            0,
            List.of(0, 0, 0),
            0);
    Machine asleep = (now, wake) -> {};
    board = emulation.add(spec, ignored -> asleep);
    host = emulation.wire(board.uart(0));
    processor.whileAsleep(this::microsecond);
  }

  private void microsecond() {
    sleeps++;
    sleptWithInterruptsEnabled |= !processor.interruptsDisabled();
    emulation.runUntil(emulation.now() + 1000);
  }

  /** A turn of a machine that asks for this; how long it slept, in microseconds. */
  private int turn(Asking asking) {
    Machine machine =
        (now, wake) -> {
          steps++;
          asking.ask(board, wake);
        };
    new MainLoop(processor, board, machine, settings).turn();
    assertEquals(1, steps);
    assertFalse(sleptWithInterruptsEnabled, "an interrupt before the sleep would be slept through");
    assertFalse(processor.interruptsDisabled());
    return sleeps;
  }

  private interface Asking {
    void ask(Board board, Wake wake);
  }

  @Test
  void shouldSleepUntilTheDeadline() {
    assertEquals(7, turn((on, wake) -> wake.deadline = 7_000));
  }

  @Test
  void shouldNotSleepWhereTheDeadlineHasPassed() {
    assertEquals(0, turn((on, wake) -> wake.deadline = 0));
  }

  @Test
  void shouldSleepUntilSoManyBytesAreIn() {
    host.write(new byte[6]);
    assertEquals(3, turn((on, wake) -> wake.receive[0] = 3));
  }

  @Test
  void shouldTakeMoreThanTheQueueHoldsForAFullQueue() {
    host.write(new byte[20]);
    assertEquals(UART_QUEUE, turn((on, wake) -> wake.receive[0] = 100));
  }

  @Test
  void shouldSleepUntilThereIsSoMuchRoom() {
    assertEquals(
        5,
        turn(
            (on, wake) -> {
              on.port(0).write(new byte[8], 0, 8);
              wake.transmit[0] = 5;
            }));
  }

  @Test
  void shouldTakeMoreThanAQueueHoldsForAnEmptyOneOnSpiToo() {
    assertEquals(0, turn((on, wake) -> wake.transmit[SPI] = 100));
  }

  @Test
  void shouldSleepUntilTheFlashIsIdle() {
    assertEquals(
        1000,
        turn(
            (on, wake) -> {
              on.flash().erase(0);
              wake.flashIdle = true;
            }));
  }
}
