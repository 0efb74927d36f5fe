package dunlin.kernels;

/**
 * What each octet adds to a CRC-32 (reflected polynomial 0xEDB88320): 256 words. In a board's
 * firmware a table in flash takes its place, and this one needs no bytes.
 */
@Unchecked
public final class CrcTable {
  private static final int ENTRIES = 256;
  private static final int POLYNOMIAL = 0xEDB88320;

  private CrcTable() {}

  /** Bytes of the table. */
  public static int bytes() {
    return 4 * ENTRIES;
  }

  /** Makes the table. */
  public static void make(byte[] table) {
    for (int i = 0; i < ENTRIES; i++) {
      int c = i;
      for (int bit = 0; bit < 8; bit++) {
        c = (c >>> 1) ^ (-(c & 1) & POLYNOMIAL);
      }
      Dsp.store32(table, i << 2, c);
    }
  }

  /** The entry of the lowest eight bits. */
  public static int of(byte[] table, int octet) {
    return Dsp.load32(table, (octet & 0xff) << 2);
  }
}
