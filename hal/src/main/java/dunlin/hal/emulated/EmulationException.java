package dunlin.hal.emulated;

/** An emulation that cannot go on; the message names the board, the virtual time and the cause. */
public abstract sealed class EmulationException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private EmulationException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Nothing can ever happen: every board waits for what will not come. */
  public static final class Stall extends EmulationException {
    private static final long serialVersionUID = 1;

    Stall(long now, String waits) {
      super("nothing can happen after " + now + " ns: " + waits, null);
    }
  }

  /** A machine asks to be stepped at once, again and again, and time does not pass. */
  public static final class Livelock extends EmulationException {
    private static final long serialVersionUID = 1;

    Livelock(String board, long now, int steps, String waits) {
      super(board + " was stepped " + steps + " times at " + now + " ns, and still " + waits, null);
    }
  }

  /** A machine threw an exception: on a board, undefined behaviour. */
  public static final class Crash extends EmulationException {
    private static final long serialVersionUID = 1;

    Crash(String board, long now, RuntimeException cause) {
      super(board + " crashed at " + now + " ns: " + cause, cause);
    }
  }
}
