package dunlin.boards.microej;

/** Time in the simulator: the computer's. */
public final class VeeClock {
  private VeeClock() {}

  /** The native's. */
  public static long nanoseconds() {
    return System.nanoTime();
  }
}
