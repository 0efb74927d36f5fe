package dunlin.firmware;

import dunlin.kernels.Dsp;

/**
 * What each octet adds to a CRC-32 (reflected polynomial 0xEDB88320): 256 words, made at boot. In a
 * board's firmware a table in flash takes its place.
 */
public final class CrcTable {
  private static final int ENTRIES = 256;
  private static final int POLYNOMIAL = 0xEDB88320;

  private final byte[] table = new byte[4 * ENTRIES];

  /** Makes the table. */
  public CrcTable() {
    for (int i = 0; i < ENTRIES; i++) {
      int c = i;
      for (int bit = 0; bit < 8; bit++) {
        c = (c >>> 1) ^ (-(c & 1) & POLYNOMIAL);
      }
      Dsp.store32(table, i << 2, c);
    }
  }

  /** The entry of the lowest eight bits. */
  public int of(int octet) {
    return Dsp.load32(table, (octet & 0xff) << 2);
  }
}
