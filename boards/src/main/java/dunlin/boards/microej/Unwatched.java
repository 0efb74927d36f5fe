package dunlin.boards.microej;

import dunlin.hal.Wake;
import dunlin.hal.Watchdog;

/** A watchdog is the application's affair, which may do more than run a node. */
final class Unwatched implements Watchdog {
  @Override
  public void feed() {}

  @Override
  public long period() {
    return Wake.NEVER;
  }
}
