package dunlin.hal;

/**
 * One end of an SPI link. The master clocks; a slave that has something to say raises the ready
 * line, which the master reads with {@link #peerReady}. Nothing here blocks.
 *
 * <p>Chip select frames an exchange: a slave takes part in the master's exchange when it asked for
 * one before the master did, and its exchange ends with the master's, whatever the counts. Bytes
 * beyond the shorter count are lost on the way to the slave, and undefined on the way to the
 * master.
 */
public interface Spi {
  /** True on the end that drives the clock. */
  boolean master();

  /** Master: whether the slave's ready line is high. Slave: always false. */
  boolean peerReady();

  /** Slave: drives the ready line, which is low from reset on. Master: no effect. */
  void ready(boolean high);

  /** True while the last {@link #exchange} is still being clocked, or (slave) waits for a clock. */
  boolean busy();

  /**
   * Starts an exchange of {@code count} bytes in both directions; both arrays belong to the port
   * until {@link #busy} is false. They may be the same array.
   *
   * @return false, with nothing started, while an exchange is under way
   */
  boolean exchange(byte[] out, int outOffset, byte[] in, int inOffset, int count);

  /** Bytes clocked in the last exchange that has ended; a slave counts those it took part in. */
  int exchanged();
}
