package dunlin.hal.emulated;

import dunlin.hal.Wake;
import dunlin.hal.Watchdog;

/** A watchdog on virtual time. */
final class EmulatedWatchdog implements Watchdog {
  private final Schedule schedule;
  private final long period;
  private long fed;

  /** A period of 0 is "no watchdog". */
  EmulatedWatchdog(Schedule schedule, long nanos) {
    this.schedule = schedule;
    this.period = nanos == 0 ? Wake.NEVER : nanos;
  }

  @Override
  public void feed() {
    fed = schedule.now();
  }

  @Override
  public long period() {
    return period;
  }

  /** The virtual time of the reset unless it is fed before. */
  long expiresAt() {
    return period == Wake.NEVER ? Wake.NEVER : fed + period;
  }
}
