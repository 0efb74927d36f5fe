package dunlin.hal.emulated;

/** What can go wrong with bytes on a wire. SPI has a clock: what is lost or doubled is a flip. */
public enum LineFault {
  /** A bit of a byte is another. */
  FLIP(1),
  /** Bytes in a row are random. */
  BURST(64),
  /** A byte does not arrive. */
  LOSS(1),
  /** A byte arrives twice. */
  ECHO(1),
  /**
   * Bytes in a row find a receiver that has not taken the one before: it knows that it lost some.
   */
  OVERRUN(64);

  private final int longest;

  LineFault(int longest) {
    this.longest = longest;
  }

  /** The most bytes that it takes. */
  int longest() {
    return longest;
  }
}
