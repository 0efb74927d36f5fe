package dunlin.host.flock;

/**
 * What a part of a text took.
 *
 * @param tokens that were fed
 * @param wireBytes what went over all links, the console's included, both ways
 * @param nanoseconds by the flock's clock: virtual time, where that is emulated
 * @param seconds by this computer's clock
 */
public record Effort(int tokens, long wireBytes, long nanoseconds, double seconds) {
  /** Nothing. */
  public static final Effort NONE = new Effort(0, 0, 0, 0);

  /** Both. */
  public Effort plus(Effort other) {
    return new Effort(
        tokens + other.tokens,
        wireBytes + other.wireBytes,
        nanoseconds + other.nanoseconds,
        seconds + other.seconds);
  }
}
