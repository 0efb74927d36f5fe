package dunlin.kernels;

/**
 * What MobileBERT has in place of layer normalisation (Sun et al., arXiv 2004.02984, section 3.3):
 * y = gain ∘ x + bias, on a residual stream, in place.
 *
 * <pre>
 *   y = sat32(sat32((x · gain + 2^(shift-1)) >> shift) + bias)  =  x · gain · 2^-shift + bias
 * </pre>
 *
 * with the exact product of 64 bits, for gains may be above 1, and 1 ≤ shift ≤ 31. Worst error 1/2,
 * but for saturation.
 *
 * <p>Table: int32 [width × 2], gain and bias of each channel side by side.
 */
@Unchecked
public final class NoNorm {
  private static final int CHANNEL_BYTES = 8;

  private NoNorm() {}

  /**
   * Scales and shifts {@code rows} rows.
   *
   * @param table int32 [width × 2]
   * @param x int32 [rows × width], updated
   */
  public static void rows(
      byte[] table, int tAt, byte[] x, int xAt, int rows, int width, int shift) {
    int half = 1 << (shift - 1);
    int left = 32 - shift;
    int at = xAt;
    for (int row = 0; row < rows; row++) {
      int t = tAt;
      for (int c = width; c > 0; c--) {
        long pair = Dsp.load64(table, t);
        long product = (long) Dsp.load32(x, at) * (int) pair + half;
        int high = (int) (product >> 32);
        int scaled = high << left | (int) product >>> shift;
        if (high >> shift != scaled >> 31) {
          scaled = high >> 31 ^ Integer.MAX_VALUE;
        }
        Dsp.store32(x, at, Dsp.addSaturating(scaled, (int) (pair >> 32)));
        at += 4;
        t += CHANNEL_BYTES;
      }
    }
  }
}
