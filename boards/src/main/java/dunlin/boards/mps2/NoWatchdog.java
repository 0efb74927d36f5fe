package dunlin.boards.mps2;

import dunlin.hal.Wake;
import dunlin.hal.Watchdog;

/** The board's watchdog stays off. */
final class NoWatchdog implements Watchdog {
  @Override
  public void feed() {}

  @Override
  public long period() {
    return Wake.NEVER;
  }
}
