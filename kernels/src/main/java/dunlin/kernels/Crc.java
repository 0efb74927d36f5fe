package dunlin.kernels;

/** CRC-32 as in IEEE 802.3 and zlib, an octet at a time. */
@Unchecked
public final class Crc {
  private Crc() {}

  /**
   * The CRC of {@code count} bytes, continuing from {@code crc}; 0 to begin with.
   *
   * @param table a {@link CrcTable}
   */
  public static int update(byte[] table, int crc, byte[] bytes, int offset, int count) {
    int c = ~crc;
    int at = offset;
    int end = offset + count;
    for (; (at & 3) != 0 && at < end; at++) {
      c = octet(table, c ^ bytes[at] & 0xff);
    }
    for (; at <= end - 8; at += 8) {
      long two = Dsp.load64(bytes, at);
      c = word(table, word(table, c ^ (int) two) ^ (int) (two >>> 32));
    }
    if (at <= end - 4) {
      c = word(table, c ^ Dsp.load32(bytes, at));
      at += 4;
    }
    for (; at < end; at++) {
      c = octet(table, c ^ bytes[at] & 0xff);
    }
    return ~c;
  }

  private static int word(byte[] table, int c) {
    return octet(table, octet(table, octet(table, octet(table, c))));
  }

  private static int octet(byte[] table, int c) {
    return CrcTable.of(table, c) ^ c >>> 8;
  }
}
