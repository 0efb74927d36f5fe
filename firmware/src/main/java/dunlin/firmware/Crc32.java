package dunlin.firmware;

import dunlin.kernels.Crc;
import dunlin.kernels.CrcTable;
import dunlin.kernels.Dsp;

/** CRC-32 as in IEEE 802.3 and zlib. */
public final class Crc32 {
  private final byte[] table = new byte[CrcTable.bytes()];

  /** Makes the table. */
  public Crc32() {
    CrcTable.make(table);
  }

  /** The CRC of {@code count} bytes, continuing from {@code crc}; 0 to begin with. */
  public int update(int crc, byte[] bytes, int offset, int count) {
    return Crc.update(table, crc, bytes, offset, count);
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
