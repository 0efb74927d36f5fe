package dunlin.kernels;

/**
 * Two rows of expanded activations against output channels of int8 weights, two at a time: each
 * operand is loaded once for two products.
 *
 * <p>On the desktop these bodies run as they stand. The build for a core with the DSP extension
 * shadows this class with loops of SXTB16 and SMLAD whose operands and sums all stay in registers.
 */
public final class RowPair {
  private RowPair() {}

  /**
   * Packed weights ({@link LinearDsp}).
   *
   * @param blockBytes bytes of four output channels' weights
   * @param x a pair of expanded rows
   * @param groups of four inputs, at least one
   * @param y int32 [2 × outputs], written
   * @param rowBytes from the first row of y to the second
   * @param outputs at least one
   */
  public static void packed(
      byte[] w,
      int wAt,
      int blockBytes,
      byte[] x,
      int xAt,
      int groups,
      byte[] y,
      int yAt,
      int rowBytes,
      int outputs) {
    for (int n = 0; n < outputs; n++) {
      int channel = wAt + (n >> 2) * blockBytes + ((n & 3) << 2);
      channel(w, channel, 16, x, xAt, groups, y, yAt + (n << 2), rowBytes);
    }
  }

  /**
   * Weights as rows of their own, words one behind the other; the other parameters as of {@link
   * #packed}.
   */
  public static void plain(
      byte[] w,
      int wAt,
      byte[] x,
      int xAt,
      int groups,
      byte[] y,
      int yAt,
      int rowBytes,
      int outputs) {
    for (int n = 0; n < outputs; n++) {
      channel(w, wAt + n * (groups << 2), 4, x, xAt, groups, y, yAt + (n << 2), rowBytes);
    }
  }

  private static void channel(
      byte[] w, int wAt, int step, byte[] x, int xAt, int groups, byte[] y, int yAt, int rowBytes) {
    int first = 0;
    int second = 0;
    int pair = xAt;
    for (int at = wAt, end = wAt + groups * step; at < end; at += step) {
      int weights = Dsp.load32(w, at);
      int even = Dsp.sxtb16(weights);
      int odd = Dsp.sxtb16ror8(weights);
      first = Dsp.smlad(even, Dsp.load32(x, pair), first);
      first = Dsp.smlad(odd, Dsp.load32(x, pair + 4), first);
      second = Dsp.smlad(even, Dsp.load32(x, pair + 8), second);
      second = Dsp.smlad(odd, Dsp.load32(x, pair + 12), second);
      pair += 16;
    }
    Dsp.store32(y, yAt, first);
    Dsp.store32(y, yAt + rowBytes, second);
  }
}
