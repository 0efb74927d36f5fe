package dunlin.host.wiring;

/**
 * An end of a wire.
 *
 * @param rank whose board it is on; {@link #HOST} for the host's adapter
 * @param signal with the port that has it: {@code USART2 TX}, {@code GND}
 * @param name as the board's documentation has it, {@code PA2}; empty where the signal says all
 */
public record Pin(int rank, String signal, String name) {
  /** In place of a rank. */
  public static final int HOST = -1;

  static Pin ground(int rank) {
    return new Pin(rank, "GND", "");
  }

  @Override
  public String toString() {
    return name.isEmpty() ? signal : name + " " + signal;
  }
}
