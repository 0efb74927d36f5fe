package dunlin.hal;

/**
 * A full-duplex serial port. Nothing here blocks: what does not fit is left to the caller, who asks
 * to be woken through {@link Wake}.
 */
public interface Uart {
  /** Bytes received and not yet read. */
  int available();

  /**
   * Moves up to {@code max} received bytes to {@code into} from {@code offset} on.
   *
   * @return how many were moved, 0 when none have arrived
   */
  int read(byte[] into, int offset, int max);

  /** Bytes that {@link #write} would accept now. */
  int writable();

  /**
   * Queues up to {@code count} bytes for sending; they are copied. A byte leaves the queue when it
   * has been sent.
   *
   * @return how many were accepted
   */
  int write(byte[] from, int offset, int count);

  /**
   * Receive errors (overrun, framing, noise, parity) counted since boot; wraps. The bytes of an
   * error are lost or wrong: the frames' CRC finds out. An overrun loses the bytes that arrive
   * while the receive queue is full, never those in it.
   */
  int errors();
}
