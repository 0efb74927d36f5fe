package dunlin.hal;

/**
 * What a machine waits for: the first of its conditions to hold wakes it. Written by the machine in
 * {@link Machine#step}, read by whoever steps it. A condition that holds already wakes at once.
 *
 * <p>A machine that is busy until some time sets {@link #deadline} and nothing else: what arrives
 * meanwhile waits in the ports' queues, as it does while a board computes.
 */
public final class Wake {
  /** {@link #deadline} for "no deadline". */
  public static final long NEVER = Long.MAX_VALUE;

  /** Board time in nanoseconds; a time that has passed means "step again at once". */
  public long deadline;

  /**
   * For each port: wake when so many received bytes can be read; 0 is "not waiting". More than the
   * receive queue holds means "when it is full".
   */
  public final int[] receive;

  /**
   * The ports, a bit each, where the bytes of {@link #receive} are a frame's header with which the
   * machine can do nothing before the rest of the frame, as {@link Framing} has it, has come too. A
   * board that can look into its queue may sleep until then; where the length is impossible, it
   * wakes.
   */
  public int framed;

  /**
   * For each port: wake when so many bytes can be written; 0 is "not waiting". More than the
   * transmit queue holds means "when it is empty".
   */
  public final int[] transmit;

  /** Wake when the flash is not {@link Flash#busy}. */
  public boolean flashIdle;

  /** A wake condition for a board with {@code ports} ports, waiting for nothing. */
  public Wake(int ports) {
    receive = new int[ports];
    transmit = new int[ports];
    clear();
  }

  /** Back to waiting for nothing. */
  public void clear() {
    deadline = NEVER;
    for (int i = 0; i < receive.length; i++) {
      receive[i] = 0;
      transmit[i] = 0;
    }
    framed = 0;
    flashIdle = false;
  }
}
