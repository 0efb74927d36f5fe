package dunlin.hal;

/** Resets the board unless it is fed. */
public interface Watchdog {
  /** Starts the full period again. */
  void feed();
}
