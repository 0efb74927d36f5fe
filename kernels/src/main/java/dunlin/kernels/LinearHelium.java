package dunlin.kernels;

/**
 * Linear layer for cores with Helium: sixteen columns at a time, and four output channels share
 * each vector of activations, which need no expansion. Same sums as {@link LinearPlain}.
 *
 * <p>Weights are row-major, each row padded with zeros to whole words and the rows to a multiple of
 * four, so that every vector starts at a word, where it costs no extra cycle:
 *
 * <pre>
 * w[0][0] … w[0][inputs-1] 0 …
 * w[1][0] … w[1][inputs-1] 0 …
 * …
 * </pre>
 */
@Unchecked
public final class LinearHelium {
  private LinearHelium() {}

  /** Bytes of weights for {@code outputs} × {@code inputs}. */
  public static int weightBytes(int inputs, int outputs) {
    return LinearDsp.weightBytes(inputs, outputs);
  }

  /** Offset of weight (output, input). */
  public static int offset(int output, int input, int inputs) {
    return output * LinearDsp.padded(inputs) + input;
  }

  /** The sums of all rows, without a bias; parameters as in {@link LinearPlain#rows}. */
  public static void sums(
      byte[] w,
      int wAt,
      byte[] x,
      int xAt,
      boolean wide,
      int xStride,
      byte[] y,
      int yAt,
      int rows,
      int inputs,
      int outputs) {
    int stride = LinearDsp.padded(inputs);
    int block = wAt;
    int to = yAt;
    for (int left = outputs; left > 0; left -= 4) {
      int channels = left < 4 ? left : 4;
      int in = xAt;
      int out = to;
      for (int row = rows; row > 0; row--) { // while the block's weights are near
        if (wide) {
          Helium.dot16(w, block, x, in, inputs, y, out, channels);
        } else {
          Helium.dot8(w, block, x, in, inputs, y, out, channels);
        }
        in += xStride;
        out += outputs << 2;
      }
      block += stride << 2;
      to += 16;
    }
  }
}
