package dunlin.boards.stm32;

/** The registers of an SPI port, whichever its generation and whatever moves its bytes. */
public interface SpiHardware {
  /**
   * Begins to exchange bytes: a master at once, a slave when it is clocked. Nothing is under way.
   *
   * @param out what is sent, from {@code from} on
   * @param in where what arrives goes, from {@code from} on
   * @param count a slave may be clocked for fewer; it sends anything beyond them
   */
  void begin(byte[] out, byte[] in, int from, int count);

  /** Serves the interrupt; whether all bytes of the exchange have come in. */
  boolean advance();

  /** How many bytes have come in since {@link #begin}. */
  int exchanged();

  /** Ends the exchange, wherever it is; how many bytes came in. */
  int end();
}
