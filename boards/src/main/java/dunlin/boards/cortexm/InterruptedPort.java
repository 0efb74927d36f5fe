package dunlin.boards.cortexm;

import dunlin.hal.Port;

/** A port that interrupts serve. */
public interface InterruptedPort extends Port {
  /** Any of its interrupts. */
  void interrupt();
}
