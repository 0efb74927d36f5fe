package dunlin.boards.cortexm;

import dunlin.hal.Board;
import dunlin.hal.Machine;
import dunlin.hal.Wake;
import dunlin.kernels.Unchecked;

/** Steps a machine for ever, and sleeps in between until its wake condition holds. */
@Unchecked
public final class MainLoop {
  private final Processor processor;
  private final Board board;
  private final Machine machine;
  private final int[] settings;
  private final Wake wake;

  /** A loop for {@code machine} on {@code board}, whose ports have queues of the given sizes. */
  public MainLoop(Processor processor, Board board, Machine machine, int[] settings) {
    this.processor = processor;
    this.board = board;
    this.machine = machine;
    this.settings = settings;
    wake = new Wake(board.ports());
  }

  /** Does not return. */
  public void run() {
    while (true) {
      turn();
    }
  }

  /** One step, and the sleep after it. */
  void turn() {
    wake.clear();
    machine.step(board.clock().now(), wake);
    // An interrupt between the look and the sleep would be slept through, so they are disabled for
    // both: WFI ends when one is pending, and it is let in for a moment.
    processor.disableInterrupts();
    while (!holds()) {
      processor.waitForInterrupt();
      processor.enableInterrupts();
      processor.disableInterrupts();
    }
    processor.enableInterrupts();
  }

  private boolean holds() {
    for (int port = 0; port < wake.receive.length; port++) {
      if (wake.receive[port] > 0 && received(port) || wake.transmit[port] > 0 && room(port)) {
        return true;
      }
    }
    return wake.deadline != Wake.NEVER && board.clock().now() >= wake.deadline
        || wake.flashIdle && !board.flash().busy();
  }

  /** Whether so many bytes are in as the machine waits for, or the queue is full. */
  private boolean received(int port) {
    boolean uart = port < settings[Settings.PORTS];
    int queue = settings[uart ? Settings.RECEIVE_QUEUE : Settings.SPI_RECEIVE_QUEUE];
    return board.port(port).available() >= Math.min(wake.receive[port], queue);
  }

  /** Whether there is as much room as the machine waits for, or the queue is empty. */
  private boolean room(int port) {
    boolean uart = port < settings[Settings.PORTS];
    int queue = settings[uart ? Settings.TRANSMIT_QUEUE : Settings.SPI_TRANSMIT_QUEUE];
    return board.port(port).writable() >= Math.min(wake.transmit[port], queue);
  }
}
