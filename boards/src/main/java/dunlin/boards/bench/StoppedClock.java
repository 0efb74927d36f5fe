package dunlin.boards.bench;

import dunlin.boards.cortexm.Processor;
import dunlin.hal.Clock;

/**
 * Takes the place of {@link dunlin.boards.cortexm.SysTick} where a node replays a {@link Tape}: the
 * timer measures {@link Laps}, and the node's own time stands still.
 */
public final class StoppedClock implements Clock {
  private final ReplayProcessor processor;
  private final Laps laps;

  /** A clock at 0. */
  public StoppedClock(Processor processor, int hertz) {
    laps = new Laps(new Stopwatch(processor));
    this.processor = (ReplayProcessor) processor;
    this.processor.use(laps);
  }

  /** What the timer measures. */
  Laps laps() {
    return laps;
  }

  /** Whose timer it is. */
  ReplayProcessor processor() {
    return processor;
  }

  /** The timer's interrupt. */
  public void interrupt() {
    laps.interrupt();
  }

  /** Time stands still. */
  public void pause(int micros) {}

  @Override
  public long now() {
    return 0;
  }
}
