package dunlin.boards.cortexm;

import dunlin.hal.Machine;
import dunlin.hal.Wake;
import dunlin.kernels.Unchecked;

/** Steps a machine for ever, and sleeps in between until its wake condition holds. */
@Unchecked
final class MainLoop {
  private final Processor processor;
  private final CortexMBoard board;
  private final Alarm alarm;
  private final Machine machine;
  private final Wake wake;

  /** A loop for {@code machine} on {@code board}. */
  MainLoop(Processor processor, CortexMBoard board, Machine machine) {
    this.processor = processor;
    this.board = board;
    alarm = board.alarm();
    this.machine = machine;
    wake = new Wake(board.ports());
  }

  /** Does not return. */
  void run() {
    while (true) {
      turn();
    }
  }

  /** One step, and the sleep after it. */
  void turn() {
    wake.clear();
    long now = board.clock().now();
    machine.step(now, wake);
    if (wake.deadline > now) {
      // An interrupt between the look and the sleep would be slept through, so they are disabled
      // for both: WFI ends when one is pending, and it is let in for a moment.
      processor.disableInterrupts();
      alarm.set();
      boolean over = there() || passed();
      while (!over) {
        processor.waitForInterrupt();
        processor.enableInterrupts();
        processor.disableInterrupts();
        over = alarm.hasRung() || alarm.hasTicked() && passed();
      }
      processor.enableInterrupts();
    }
  }

  /** Tells the ports what to ring for; whether any of it is there already. */
  private boolean there() {
    boolean there = false;
    for (int i = 0; i < wake.receive.length; i++) {
      InterruptedPort port = board.port(i);
      if (port != null) {
        there |= port.await(wake.receive[i], (wake.framed >> i & 1) != 0, wake.transmit[i]);
      }
    }
    return there;
  }

  /** What only a look at the clock and the flash can tell, every tick. */
  private boolean passed() {
    return board.clock().now() >= wake.deadline || wake.flashIdle && !board.flash().busy();
  }
}
