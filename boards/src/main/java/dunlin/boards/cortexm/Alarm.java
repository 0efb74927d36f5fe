package dunlin.boards.cortexm;

import dunlin.kernels.Unchecked;

/** By which interrupts tell the main loop that it has slept for long enough. */
@Unchecked
public final class Alarm {
  private final Processor processor;
  private boolean rung;
  private boolean ticked;

  /** An alarm that nobody has rung. */
  public Alarm(Processor processor) {
    this.processor = processor;
  }

  /** In an interrupt: what a machine waits for is there. */
  public void ring() {
    rung = true;
  }

  /** In the timer's interrupt: it is time to look at the clock. */
  void tick() {
    ticked = true;
  }

  /** Before a sleep, with interrupts disabled. */
  void set() {
    rung = false;
    ticked = false;
  }

  boolean hasRung() {
    processor.fence();
    return rung;
  }

  /** Whether the timer has ticked since this was last asked. */
  boolean hasTicked() {
    processor.fence();
    boolean was = ticked;
    ticked = false;
    return was;
  }
}
