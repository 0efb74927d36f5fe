package dunlin.hal;

/** Resets the board unless it is fed. Runs from boot on, and while the board sleeps. */
public interface Watchdog {
  /** Starts the full period again. */
  void feed();

  /**
   * The board is reset when so many nanoseconds have passed without a feed; {@link Wake#NEVER} on a
   * board without a watchdog. A machine's deadlines must leave room for it.
   */
  long period();
}
