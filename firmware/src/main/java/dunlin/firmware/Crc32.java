package dunlin.firmware;

import dunlin.kernels.Dsp;
import dunlin.kernels.Unchecked;

/** CRC-32 as in IEEE 802.3 and zlib, an octet at a time. */
public final class Crc32 {
  private final CrcTable table = new CrcTable();

  /** The CRC of {@code count} bytes, continuing from {@code crc}; 0 to begin with. */
  @Unchecked
  public int update(int crc, byte[] bytes, int offset, int count) {
    int c = ~crc;
    int at = offset;
    int end = offset + count;
    for (; (at & 3) != 0 && at < end; at++) {
      c = octet(c ^ bytes[at] & 0xff);
    }
    for (; at <= end - 8; at += 8) {
      long two = Dsp.load64(bytes, at);
      c = word(word(c ^ (int) two) ^ (int) (two >>> 32));
    }
    if (at <= end - 4) {
      c = word(c ^ Dsp.load32(bytes, at));
      at += 4;
    }
    for (; at < end; at++) {
      c = octet(c ^ bytes[at] & 0xff);
    }
    return ~c;
  }

  private int word(int c) {
    return octet(octet(octet(octet(c))));
  }

  private int octet(int c) {
    return table.of(c) ^ c >>> 8;
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
