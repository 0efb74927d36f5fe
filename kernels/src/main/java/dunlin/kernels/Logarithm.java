package dunlin.kernels;

/**
 * The natural logarithm of an unsigned 32-bit integer: a table of 16 segments an octave, and a
 * cubic within the segment.
 *
 * <p>With x = 2^e (1 + f), segment i = floor(16 f) and its centre c = (33 + 2 i) / 32:
 *
 * <pre>ln x = e ln 2 + ln c + ln(1 + r),  r = (1 + f - c) / c,  |r| &lt;= 1/33</pre>
 *
 * The cubic r - r^2/2 + r^3/3 leaves at most r^4/4 = 2.1e-7. Worst error over all x against double:
 * 2.9e-7.
 *
 * <p>The table holds 16 entries of two little-endian int32:
 *
 * <pre>
 *    0               4               8
 *   +---------------+---------------+
 *   | round(2^31/c) | round(2^26    |   entry i = 0..15, c = (33 + 2 i) / 32
 *   |               |     * ln c)   |
 *   +---------------+---------------+
 * </pre>
 *
 * Source of the method: P. T. P. Tang, "Table-driven implementation of the logarithm function in
 * IEEE floating-point arithmetic", ACM TOMS 16(4), 1990.
 */
public final class Logarithm {
  /** Bytes of the table. */
  public static final int TABLE_BYTES = 16 * 8;

  /** Fraction bits of a result. */
  public static final int FRACTION_BITS = 26;

  /** round(2^26 ln 2): what doubling an argument adds, exactly. */
  public static final int LN2 = 46516320;

  private static final int ONE_THIRD = 0x55555556; // in Q32

  private Logarithm() {}

  /**
   * ln x in Q26, from 0 to 22.2. Costs a CLZ, five multiplications and two loads.
   *
   * @param x unsigned, not 0
   */
  public static int ln(int x, byte[] table, int tableAt) {
    int shift = Dsp.leadingZeros(x);
    int mantissa = x << shift; // 1 + f in Q31, unsigned
    int entry = tableAt + ((mantissa >>> 27 & 15) << 3);
    int distance = (mantissa & 0x7ffffff) - 0x4000000; // from the centre, Q31
    int r = Dsp.mulHigh(distance << 4, Dsp.load32(table, entry)); // Q34
    int r2 = Dsp.mulHigh(r, r); // Q36
    int r3 = Dsp.mulHigh(r2, r); // Q38
    int series = r - (r2 >> 3) + (Dsp.mulHigh(r3, ONE_THIRD) >> 4); // Q34
    return (31 - shift) * LN2 + Dsp.load32(table, entry + 4) + (series + 128 >> 8);
  }
}
