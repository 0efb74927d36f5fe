package dunlin.boards.bench;

/** Cuts what is executed into laps, and writes to the debugger what each was for and took. */
public final class Laps {
  /** What a lap was for, where it was not an op: bytes that came, from interrupt to frame. */
  public static final int LINK = -1;

  /** What a lap was for: the way from one step to the next. */
  public static final int LOOP = -2;

  private final Stopwatch watch;
  private boolean written;

  /** What came between the last step and now. */
  private int pause = LOOP;

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

  /** A byte has come, and begins a lap. */
  void startWithByte() {
    pause = LINK;
    watch.start();
  }

  /** Ends the lap before a step. */
  void stopPause() {
    stop(pause);
    pause = LOOP;
  }

  /** Ends a lap. */
  void stop(int purpose) {
    watch.stop();
    if (written) {
      write(purpose);
    }
  }

  private void write(int purpose) {
    Debugger.word(purpose, ' ');
    Debugger.word(watch.ticks(), ' ');
    Debugger.word(watch.interrupts(), '\n');
  }
}
