package dunlin.hal;

/**
 * What a machine waits for: the first of its conditions to hold wakes it. Written by the machine in
 * {@link Machine#step}, read by whoever steps it.
 */
public final class Wake {
  /** {@link #deadline} for "no deadline". */
  public static final long NEVER = Long.MAX_VALUE;

  /** Board time in nanoseconds; a time that has passed means "step again at once". */
  public long deadline;

  /** For each UART: wake when so many received bytes can be read; 0 is "not waiting". */
  public final int[] receive;

  /** For each UART: wake when so many bytes can be written; 0 is "not waiting". */
  public final int[] transmit;

  /** A wake condition for a board with {@code uarts} UARTs, waiting for nothing. */
  public Wake(int uarts) {
    receive = new int[uarts];
    transmit = new int[uarts];
    clear();
  }

  /** Back to waiting for nothing. */
  public void clear() {
    deadline = NEVER;
    for (int i = 0; i < receive.length; i++) {
      receive[i] = 0;
      transmit[i] = 0;
    }
  }
}
