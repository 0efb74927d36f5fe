package dunlin.firmware;

import dunlin.kernels.Dsp;
import dunlin.kernels.Unchecked;

/**
 * CRC-32 as in IEEE 802.3 and zlib (reflected polynomial 0xEDB88320), four bits of a word at a
 * time: 64 bytes of table, made at boot.
 */
public final class Crc32 {
  private static final int ENTRIES = 16;

  private final byte[] table = new byte[4 * ENTRIES];

  /** Makes the table. */
  public Crc32() {
    for (int i = 0; i < ENTRIES; i++) {
      int c = i;
      for (int bit = 0; bit < 4; bit++) {
        c = (c >>> 1) ^ (-(c & 1) & 0xEDB88320);
      }
      Dsp.store32(table, i << 2, c);
    }
  }

  /** The CRC of {@code count} bytes, continuing from {@code crc}; 0 to begin with. */
  @Unchecked
  public int update(int crc, byte[] bytes, int offset, int count) {
    byte[] t = table;
    int c = ~crc;
    int at = offset;
    int end = offset + count;
    for (; (at & 3) != 0 && at < end; at++) {
      c = octet(t, c ^ bytes[at] & 0xff);
    }
    for (; at <= end - 4; at += 4) {
      c ^= Dsp.load32(bytes, at);
      c = octet(t, octet(t, octet(t, octet(t, c))));
    }
    for (; at < end; at++) {
      c = octet(t, c ^ bytes[at] & 0xff);
    }
    return ~c;
  }

  @Unchecked
  private static int octet(byte[] t, int c) {
    int half = Dsp.load32(t, (c & 15) << 2) ^ (c >>> 4);
    return Dsp.load32(t, (half & 15) << 2) ^ (half >>> 4);
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
