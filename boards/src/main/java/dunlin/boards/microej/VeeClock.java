package dunlin.boards.microej;

import dunlin.hal.Clock;

/** The VEE's monotonic time. */
final class VeeClock implements Clock {
  @Override
  public long now() {
    return nanoseconds();
  }

  /** Since the VEE started; never runs backwards. */
  private static native long nanoseconds();
}
