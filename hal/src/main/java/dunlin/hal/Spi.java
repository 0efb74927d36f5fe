package dunlin.hal;

/**
 * One end of an SPI link. The master clocks; a slave that has something to say raises the ready
 * line, which the master reads with {@link #peerReady}. Nothing here blocks.
 */
public interface Spi {
  /** True on the end that drives the clock. */
  boolean master();

  /** Master: whether the slave's ready line is high. Slave: always false. */
  boolean peerReady();

  /** Slave: drives the ready line. Master: no effect. */
  void ready(boolean high);

  /** True while the last {@link #exchange} is still being clocked, or (slave) waits for a clock. */
  boolean busy();

  /**
   * Starts an exchange of {@code count} bytes in both directions; both arrays belong to the port
   * until {@link #busy} is false.
   *
   * @return false, with nothing started, while an exchange is under way
   */
  boolean exchange(byte[] out, int outOffset, byte[] in, int inOffset, int count);
}
