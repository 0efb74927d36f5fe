package dunlin.kernels;

/**
 * The scale of one cached key or value in a halfword: peak = mantissa · 2^exponent, rounded up, so
 * that quantising by it never overflows; at most one part in 1024 too large. Halfwords compare as
 * the peaks do.
 *
 * <pre>
 *  15       11 10                  0
 * +-----------+---------------------+
 * | exponent  |      mantissa       |
 * +-----------+---------------------+
 * </pre>
 */
public final class CacheScale {
  private CacheScale() {}

  /** The least halfword whose peak is at least {@code peak}; 0 ≤ peak &lt; 2^31 - 2^20. */
  public static int of(int peak) {
    int exponent = 21 - Dsp.leadingZeros(peak);
    exponent = exponent < 0 ? 0 : exponent;
    int mantissa = (peak >>> exponent) + ((peak & (1 << exponent) - 1) != 0 ? 1 : 0);
    if (mantissa == 2048) {
      mantissa = 1024;
      exponent++;
    }
    return exponent << 11 | mantissa;
  }

  /** 0 to 2047. */
  public static int mantissa(int scale) {
    return scale & 0x7ff;
  }

  /** 0 to 20. */
  public static int exponent(int scale) {
    return scale >>> 11;
  }

  /** The peak that the halfword stands for. */
  public static int peak(int scale) {
    return mantissa(scale) << exponent(scale);
  }
}
