package dunlin.kernels;

/** The table of {@link Logarithm}, as its Javadoc states it. */
final class LogarithmTable {
  private LogarithmTable() {}

  static byte[] build() {
    byte[] table = new byte[Logarithm.TABLE_BYTES];
    for (int i = 0; i < 16; i++) {
      double centre = (33 + 2 * i) / 32.0;
      Dsp.store32(table, 8 * i, (int) Math.rint(0x1p31 / centre));
      Dsp.store32(table, 8 * i + 4, (int) Math.rint(0x1p26 * Math.log(centre)));
    }
    return table;
  }
}
