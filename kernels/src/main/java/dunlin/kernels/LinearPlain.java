package dunlin.kernels;

/**
 * Linear layer on row-major int8 weights, for cores without the DSP extension and for the desktop.
 * Four output channels share each activation that is loaded.
 *
 * <p>y[r][n] = bias[n] + Σ_k w[n][k] · x[r][k], exact in int32: the host proves that no row of
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
   * All rows.
   *
   * @param w int8 [outputs × inputs]
   * @param x int8 or int16 [rows × inputs]
   * @param wide whether {@code x} is int16
   * @param stride bytes from a row of x to the next
   * @param bias int32 [outputs], or null
   * @param y int32 [rows × outputs], written
   */
  public static void rows(
      byte[] w,
      int wAt,
      byte[] x,
      int xAt,
      boolean wide,
      int stride,
      byte[] bias,
      int biasAt,
      byte[] y,
      int yAt,
      int rows,
      int inputs,
      int outputs) {
    Sums.start(bias, biasAt, y, yAt, rows, outputs);
    int out = yAt;
    int from = xAt;
    for (int row = rows; row > 0; row--) {
      int wp = wAt;
      int n = outputs;
      for (; n >= 4; n -= 4) {
        if (wide) {
          four16(w, wp, x, from, y, out, inputs);
        } else {
          four8(w, wp, x, from, y, out, inputs);
        }
        wp += inputs << 2;
        out += 16;
      }
      for (; n > 0; n--) {
        Sums.add(y, out, wide ? dot16(w, wp, x, from, inputs) : dot8(w, wp, x, from, inputs));
        wp += inputs;
        out += 4;
      }
      from += stride;
    }
  }

  private static int dot8(byte[] w, int wAt, byte[] x, int xAt, int inputs) {
    int sum = 0;
    for (int k = 0; k < inputs; k++) {
      sum += w[wAt + k] * x[xAt + k];
    }
    return sum;
  }

  private static int dot16(byte[] w, int wAt, byte[] x, int xAt, int inputs) {
    int sum = 0;
    for (int k = 0; k < inputs; k++) {
      sum += w[wAt + k] * Dsp.load16(x, xAt + (k << 1));
    }
    return sum;
  }

  private static void four8(byte[] w, int wAt, byte[] x, int xAt, byte[] y, int yAt, int inputs) {
    int w1 = wAt + inputs;
    int w2 = w1 + inputs;
    int w3 = w2 + inputs;
    int a0 = 0;
    int a1 = 0;
    int a2 = 0;
    int a3 = 0;
    for (int k = 0; k < inputs; k++) {
      int v = x[xAt + k];
      a0 += w[wAt + k] * v;
      a1 += w[w1 + k] * v;
      a2 += w[w2 + k] * v;
      a3 += w[w3 + k] * v;
    }
    Sums.add(y, yAt, a0, a1, a2, a3);
  }

  private static void four16(byte[] w, int wAt, byte[] x, int xAt, byte[] y, int yAt, int inputs) {
    int w1 = wAt + inputs;
    int w2 = w1 + inputs;
    int w3 = w2 + inputs;
    int a0 = 0;
    int a1 = 0;
    int a2 = 0;
    int a3 = 0;
    for (int k = 0; k < inputs; k++) {
      int v = Dsp.load16(x, xAt + (k << 1));
      a0 += w[wAt + k] * v;
      a1 += w[w1 + k] * v;
      a2 += w[w2 + k] * v;
      a3 += w[w3 + k] * v;
    }
    Sums.add(y, yAt, a0, a1, a2, a3);
  }
}
