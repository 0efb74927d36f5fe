package dunlin.hal;

/**
 * A resumable machine: no threads, no blocking, no polling. A board steps it for ever, sleeping
 * until an interrupt between steps; the desktop's scheduler steps the one whose wake condition
 * comes true first.
 */
public interface Machine {
  /**
   * Does what can be done now, and says when to be stepped again. Time may stand still within a
   * step, so a loop that waits for the clock or for a port may never end. The machine may be
   * stepped sooner than it asked (any interrupt ends a board's sleep): it looks for itself.
   *
   * @param now board time in nanoseconds
   * @param wake cleared by the caller, filled in by the machine
   */
  void step(long now, Wake wake);
}
