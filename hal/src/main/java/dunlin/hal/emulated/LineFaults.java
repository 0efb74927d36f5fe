package dunlin.hal.emulated;

/**
 * How often a wire fails, as chances for each byte of either direction.
 *
 * @param flip one bit of it is another
 * @param burst it and up to 63 bytes behind it are random
 * @param loss it and up to 63 bytes behind it do not arrive, as when a receiver overruns; on SPI,
 *     which has a clock, a flip
 * @param echo it arrives twice; on SPI a flip
 */
public record LineFaults(double flip, double burst, double loss, double echo) {
  /** Nothing goes wrong. */
  public static final LineFaults NONE = new LineFaults(0, 0, 0, 0);

  /** Checks the chances. */
  public LineFaults {
    if (flip < 0 || burst < 0 || loss < 0 || echo < 0 || !(flip + burst + loss + echo < 1)) {
      throw new IllegalArgumentException("chances that are none");
    }
  }

  /** That anything begins to go wrong. */
  double total() {
    return flip + burst + loss + echo;
  }
}
