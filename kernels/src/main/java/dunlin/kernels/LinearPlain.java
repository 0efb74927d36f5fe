package dunlin.kernels;

/**
 * Linear layer on row-major int8 weights, for cores without the DSP extension and for the desktop.
 * Four output channels share each activation that is loaded.
 *
 * <p>acc[r][n] = bias[n] + Σ_k w[n][k] · x[r][k], exact in int32: the host proves that no row of
 * weights can overflow.
 */
@Unchecked
public final class LinearPlain {
  private LinearPlain() {}

  /** Bytes of weights for {@code outputs} × {@code inputs}. */
  public static int weightBytes(int inputs, int outputs) {
    return inputs * outputs;
  }

  /**
   * int8 activations.
   *
   * @param w int8 [outputs × inputs]
   * @param x int8 [rows × inputs]
   * @param bias int32 [outputs], or null
   * @param y int32 [rows × outputs], written
   */
  public static void int8(
      byte[] w,
      int wAt,
      byte[] x,
      int xAt,
      byte[] bias,
      int biasAt,
      byte[] y,
      int yAt,
      int rows,
      int inputs,
      int outputs) {
    for (int row = 0; row < rows; row++) {
      int xRow = xAt + row * inputs;
      int yRow = yAt + row * (outputs << 2);
      int n = 0;
      for (; n + 4 <= outputs; n += 4) {
        int w0 = wAt + n * inputs;
        int w1 = w0 + inputs;
        int w2 = w1 + inputs;
        int w3 = w2 + inputs;
        int a0 = 0;
        int a1 = 0;
        int a2 = 0;
        int a3 = 0;
        for (int k = 0; k < inputs; k++) {
          int v = x[xRow + k];
          a0 += w[w0 + k] * v;
          a1 += w[w1 + k] * v;
          a2 += w[w2 + k] * v;
          a3 += w[w3 + k] * v;
        }
        store(y, yRow, bias, biasAt, n, a0);
        store(y, yRow, bias, biasAt, n + 1, a1);
        store(y, yRow, bias, biasAt, n + 2, a2);
        store(y, yRow, bias, biasAt, n + 3, a3);
      }
      for (; n < outputs; n++) {
        int w0 = wAt + n * inputs;
        int a0 = 0;
        for (int k = 0; k < inputs; k++) {
          a0 += w[w0 + k] * x[xRow + k];
        }
        store(y, yRow, bias, biasAt, n, a0);
      }
    }
  }

  /** int16 activations: {@code x} is int16 [rows × inputs], the rest as in {@link #int8}. */
  public static void int16(
      byte[] w,
      int wAt,
      byte[] x,
      int xAt,
      byte[] bias,
      int biasAt,
      byte[] y,
      int yAt,
      int rows,
      int inputs,
      int outputs) {
    for (int row = 0; row < rows; row++) {
      int xRow = xAt + row * (inputs << 1);
      int yRow = yAt + row * (outputs << 2);
      int n = 0;
      for (; n + 4 <= outputs; n += 4) {
        int w0 = wAt + n * inputs;
        int w1 = w0 + inputs;
        int w2 = w1 + inputs;
        int w3 = w2 + inputs;
        int a0 = 0;
        int a1 = 0;
        int a2 = 0;
        int a3 = 0;
        for (int k = 0; k < inputs; k++) {
          int v = Dsp.load16(x, xRow + (k << 1));
          a0 += w[w0 + k] * v;
          a1 += w[w1 + k] * v;
          a2 += w[w2 + k] * v;
          a3 += w[w3 + k] * v;
        }
        store(y, yRow, bias, biasAt, n, a0);
        store(y, yRow, bias, biasAt, n + 1, a1);
        store(y, yRow, bias, biasAt, n + 2, a2);
        store(y, yRow, bias, biasAt, n + 3, a3);
      }
      for (; n < outputs; n++) {
        int w0 = wAt + n * inputs;
        int a0 = 0;
        for (int k = 0; k < inputs; k++) {
          a0 += w[w0 + k] * Dsp.load16(x, xRow + (k << 1));
        }
        store(y, yRow, bias, biasAt, n, a0);
      }
    }
  }

  private static void store(byte[] y, int yRow, byte[] bias, int biasAt, int n, int acc) {
    int b = bias == null ? 0 : Dsp.load32(bias, biasAt + (n << 2));
    Dsp.store32(y, yRow + (n << 2), acc + b);
  }
}
