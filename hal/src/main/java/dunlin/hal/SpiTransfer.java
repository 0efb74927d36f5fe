package dunlin.hal;

/**
 * A transfer between two SPI ports: full duplex, mode 0, most significant bit first. It begins with
 * a header word each way, little-endian, that says how many of the bytes behind it are real; the
 * end with fewer fills up with bytes that nobody reads.
 *
 * <pre>
 * chip select  --+                                               +--
 *                +-----------------------------------------------+
 * clock                | 4 bytes  | as many bytes as the larger  |
 * master               | header m | m bytes, then filler         |
 * slave                | header s | s bytes, then filler         |
 *                | gap |
 *
 *  0        1        2        3
 * +-----------------+-----------------+
 * | count, 0 to 272 | its complement  |
 * +-----------------+-----------------+
 * </pre>
 *
 * <p>Between the fall of chip select and the first clock lies a gap. In it the slave's interrupt
 * handler puts away what the transfer before has brought, hands its DMA the header and the bytes
 * that it has queued, and sets the ready line to whether there are more. No transfer begins before
 * the one before has ended, so a slave never has to change what it has handed over.
 *
 * <p>A line that nobody drives reads as all ones or all zeros, which is no header: nothing behind
 * it is real, and the driver counts an error. A transfer that chip select ends early counts as far
 * as it was clocked.
 */
public final class SpiTransfer {
  /** Size of the header word. */
  public static final int HEADER_BYTES = 4;

  /** The largest count: one frame. */
  public static final int MAX_BYTES = 272;

  /** What a line reads that nobody drives, and that is pulled up. */
  public static final int FLOATING = -1;

  private SpiTransfer() {}

  /** The header before {@code count} real bytes. */
  public static int header(int count) {
    return count | ~count << 16;
  }

  /** How many real bytes follow {@code header}; -1 where it is none. */
  public static int count(int header) {
    int count = header & 0xffff;
    return header == header(count) && count <= MAX_BYTES ? count : -1;
  }
}
