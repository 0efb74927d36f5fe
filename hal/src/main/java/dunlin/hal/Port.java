package dunlin.hal;

/**
 * A full-duplex port for bytes to one other end. Whether it is a UART, an SPI master or an SPI
 * slave is its driver's affair, and so is whether bytes come by interrupt or by DMA. Nothing here
 * blocks: what does not fit is left to the caller, who asks to be woken through {@link Wake}.
 *
 * <p>There is no flow control below the frames: who sends knows from the other end's credit that
 * its receive queue has room, on SPI as on a UART.
 *
 * <h2>What an SPI driver does</h2>
 *
 * A slave cannot speak first, so it has a ready line to its master. The slave's driver raises the
 * line once it is set up and has bytes queued beyond those of the transfer under way, and lowers it
 * when they have gone. The master's driver begins a {@link SpiTransfer} whenever none is under way
 * and it has bytes queued or sees the line high; a transfer takes along what both ends have queued
 * as it begins, and the bytes that are real, and no others, reach the receive queues when it ends.
 */
public interface Port {
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
   * has been sent: on SPI, when its transfer has ended.
   *
   * @return how many were accepted
   */
  int write(byte[] from, int offset, int count);

  /**
   * Receive errors counted since boot; wraps. On a UART overrun, framing, noise and parity, on SPI
   * overrun and a header that is none. The bytes of an error are lost or wrong: the frames' CRC
   * finds out. An overrun counts the bytes that arrive while the receive queue is full, and loses
   * those, never the ones in it.
   */
  int errors();
}
