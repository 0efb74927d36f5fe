package dunlin.kernels;

/**
 * Quantises a row to int8 by its own maximum: q = round(127 · v / peak). One division a row.
 *
 * <p>Worst error: 0.504 steps (1/2 from rounding, the rest from the 15-bit reciprocal); the largest
 * element always becomes ±127.
 */
@Unchecked
public final class DynamicInt8 {
  private DynamicInt8() {}

  /** How far a row with this peak is shifted left before it is multiplied; peak &gt; 0. */
  public static int shift(int peak) {
    return Dsp.leadingZeros(peak) - 1;
  }

  /** The multiplier for a row with this peak; peak &gt; 0. */
  public static int multiplier(int peak) {
    int normalised = peak << shift(peak);
    return (127 << 24) / (normalised >>> 15) << 14;
  }

  /** One element, |v| ≤ peak. */
  public static int quantise(int v, int shift, int multiplier) {
    return (Dsp.mulHigh(v << shift, multiplier) + (1 << 20)) >> 21;
  }

  /** Quantises {@code count} int32 values, |v| ≤ peak, to int8. */
  public static void row(byte[] v, int vAt, byte[] q, int qAt, int count, int peak) {
    if (peak == 0) {
      for (int i = 0; i < count; i++) {
        q[qAt + i] = 0;
      }
      return;
    }
    int shift = shift(peak);
    int multiplier = multiplier(peak);
    for (int i = 0; i < count; i++) {
      q[qAt + i] = (byte) quantise(Dsp.load32(v, vAt + (i << 2)), shift, multiplier);
    }
  }

  /** The largest |v| of {@code count} int32 values, all above -2^31. */
  public static int peak(byte[] v, int at, int count) {
    int peak = 0;
    for (int end = at + (count << 2); at < end; at += 4) {
      int x = Dsp.load32(v, at);
      int magnitude = x < 0 ? -x : x;
      peak = magnitude > peak ? magnitude : peak;
    }
    return peak;
  }
}
