package dunlin.boards.bench;

/** Cuts what is executed into laps, and writes to the debugger what each was for and took. */
public final class Laps {
  /** What a lap was for, where it was not an op: from bytes that have come to checked frames. */
  public static final int LINK = -1;

  /**
   * What a lap was for: from one step to the next, sleep and wake, and steps without anything to
   * do.
   */
  public static final int LOOP = -2;

  /** What a lap was for: the interrupt of a byte. */
  public static final int INTERRUPT = -3;

  /** Three words, what stands behind each, and a zero. */
  private final byte[] line = new byte[3 * 9 + 1];

  private final Stopwatch watch;
  private boolean written;

  Laps(Stopwatch watch) {
    this.watch = watch;
  }

  /** The timer's interrupt. */
  void interrupt() {
    watch.interrupt();
  }

  /** Writes what a lap of nothing takes, with and without an interrupt, and a lap's two ends. */
  void calibrate() {
    watch.interruption(false);
    write(LINK);
    watch.interruption(true);
    write(LINK);
    written = true;
    start();
    stop(LINK);
    written = false;
  }

  /** From now on laps are written. */
  void measure() {
    written = true;
  }

  void start() {
    watch.start();
  }

  /** Ends a lap. */
  void stop(int purpose) {
    watch.stop();
    if (written) {
      write(purpose);
    }
  }

  private void write(int purpose) {
    int ticks = Debugger.word(purpose, ' ', line, 0);
    int interrupts = Debugger.word(watch.ticks(), ' ', line, ticks);
    Debugger.word(watch.interrupts(), '\n', line, interrupts);
    Debugger.write(line);
  }
}
