package dunlin.boards.cortexm;

import dunlin.hal.Board;
import dunlin.hal.Machine;
import dunlin.hal.Port;
import dunlin.hal.Wake;
import dunlin.kernels.Unchecked;

/** Steps a machine for ever, and sleeps in between until its wake condition holds. */
@Unchecked
public final class MainLoop {
  private final Processor processor;
  private final Board board;
  private final Machine machine;
  private final int receiveQueue;
  private final int transmitQueue;
  private final Wake wake;

  /** A loop for {@code machine} on {@code board}, whose ports have queues of the given sizes. */
  public MainLoop(Processor processor, Board board, Machine machine, int[] settings) {
    this.processor = processor;
    this.board = board;
    this.machine = machine;
    receiveQueue = settings[Settings.RECEIVE_QUEUE];
    transmitQueue = settings[Settings.TRANSMIT_QUEUE];
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
      Port link = board.port(port);
      int received = wake.receive[port];
      int room = wake.transmit[port];
      if (received > 0 && link.available() >= Math.min(received, receiveQueue)
          || room > 0 && link.writable() >= Math.min(room, transmitQueue)) {
        return true;
      }
    }
    return wake.deadline != Wake.NEVER && board.clock().now() >= wake.deadline
        || wake.flashIdle && !board.flash().busy();
  }
}
