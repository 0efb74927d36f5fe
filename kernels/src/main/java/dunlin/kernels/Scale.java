package dunlin.kernels;

/**
 * A positive scale in one word: what travels beside an activation row that took its scale from its
 * own maximum. Value = mantissa · 2^exponent, with the mantissa in [2^23, 2^24):
 *
 * <pre>
 *  31                                    8 7             0
 * +---------------------------------------+---------------+
 * |               mantissa                |   exponent    |
 * +---------------------------------------+---------------+
 * </pre>
 *
 * The exponent is a signed byte. Every operation truncates: a result is at most the exact one, and
 * less than 2^-23 of it below; {@link #reciprocal} and {@link #reciprocalSquareRoot} are within
 * 1.002 · 2^-23 of it. Exponents outside -128 to 127 are clamped: values that far out cannot change
 * an int8 result.
 */
public final class Scale {
  /** 2^-105, the stand-in for the scale of a row of zeros. */
  public static final int SMALLEST = 0x800000 << 8 | 0x80;

  private Scale() {}

  /** Mantissa · 2^exponent for any mantissa &gt; 0. */
  public static int of(long mantissa, int exponent) {
    long m = mantissa;
    int e = exponent;
    while (m >= 0x80000000L) {
      m >>= 8;
      e += 8;
    }
    int word = (int) m;
    int shift = Dsp.leadingZeros(word) - 8;
    return pack(shift >= 0 ? word << shift : word >>> -shift, e - shift);
  }

  /** The mantissa moved to [2^30, 2^31), ready for {@link Dsp#mulHigh}. */
  public static int mantissa31(int scale) {
    return (scale >>> 8) << 7;
  }

  /** The exponent that belongs to {@link #mantissa31}. */
  public static int exponent31(int scale) {
    return (byte) scale - 7;
  }

  /** a · b. */
  public static int multiply(int a, int b) {
    int product = (int) ((long) (a >>> 8) * (b >>> 8) >> 23);
    int carry = product >>> 24;
    return pack(product >>> carry, (byte) a + (byte) b + 23 + carry);
  }

  /** a · 2^n. */
  public static int shift(int a, int n) {
    return pack(a >>> 8, (byte) a + n);
  }

  /** a + b. */
  public static int add(int a, int b) {
    int gap = (byte) a - (byte) b;
    int large = gap >= 0 ? a : b;
    int small = gap >= 0 ? b : a;
    int distance = gap >= 0 ? gap : -gap;
    int sum = (large >>> 8) + (distance > 23 ? 0 : (small >>> 8) >>> distance);
    int carry = sum >>> 24;
    return pack(sum >>> carry, (byte) large + carry);
  }

  /** 1 / a: one division for 16 bits, one Newton step for the rest. */
  public static int reciprocal(int a) {
    int d = a >>> 8;
    int r = Integer.MAX_VALUE / (d >>> 8);
    // r is 2^39 / d within 2^-14; the step squares that error.
    int error = (int) ((1L << 39) - (long) d * r);
    int refined = (r << 14) + (int) ((long) error * r >> 25);
    return of(refined, -53 - (byte) a);
  }

  /** 1 / √a: four Newton steps from a straight line. */
  public static int reciprocalSquareRoot(int a) {
    int exponent = (byte) a;
    int odd = exponent & 1;
    // a = u · 2^(24 + exponent + odd) with u in [1/4, 1), in Q31: an even power of two.
    int u = (a >>> 8) << (7 - odd);
    // 2.2083 - 1.3333·u is within 1/8 of 1/√u; y is in Q29, its square in Q28.
    int y = 1185589931 - Dsp.mulHigh(u, 1431655765);
    for (int i = 0; i < 4; i++) {
      int square = (int) ((long) y * y >> 30);
      int step = (3 << 28) - (int) ((long) u * square >> 31);
      y = (int) ((long) y * step >> 29);
    }
    return of(y, -41 - ((exponent + odd) >> 1));
  }

  private static int pack(int mantissa, int exponent) {
    int e = exponent < -128 ? -128 : exponent > 127 ? 127 : exponent;
    return mantissa << 8 | (e & 0xff);
  }
}
