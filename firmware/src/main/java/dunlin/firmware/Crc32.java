package dunlin.firmware;

import dunlin.kernels.Dsp;

/**
 * CRC-32 as in IEEE 802.3 and zlib (reflected polynomial 0xEDB88320), four bits at a time: 64 bytes
 * of table, made at boot.
 */
public final class Crc32 {
  private final int[] table = new int[16];

  /** Makes the table. */
  public Crc32() {
    for (int i = 0; i < 16; i++) {
      int c = i;
      for (int bit = 0; bit < 4; bit++) {
        c = (c >>> 1) ^ (-(c & 1) & 0xEDB88320);
      }
      table[i] = c;
    }
  }

  /** The CRC of {@code count} bytes, continuing from {@code crc}; 0 to begin with. */
  public int update(int crc, byte[] bytes, int offset, int count) {
    int c = ~crc;
    for (int i = offset, end = offset + count; i < end; i++) {
      c ^= bytes[i] & 0xff;
      c = table[c & 15] ^ (c >>> 4);
      c = table[c & 15] ^ (c >>> 4);
    }
    return ~c;
  }

  /** Stores a CRC, wherever it lies. */
  static void store(byte[] into, int at, int crc) {
    Dsp.store16(into, at, crc);
    Dsp.store16(into, at + 2, crc >> 16);
  }

  /** Loads a CRC, wherever it lies. */
  static int load(byte[] from, int at) {
    return Dsp.loadU16(from, at) | Dsp.loadU16(from, at + 2) << 16;
  }
}
