package dunlin.kernels;

/**
 * One row of an int8 embedding matrix as the start of a residual stream, or added to it. The matrix
 * may be the (tied) output head's, so every weight layout is read, and a row's multiplier is the
 * head's.
 */
@Unchecked
public final class Embedding {
  private Embedding() {}

  /**
   * x[i] = row[i] · m[token] · 2^-(8+right). Worst error 1/2 + 2^-(right+1).
   *
   * @param w int8 weights [tokens × width]
   * @param layout their {@link WeightLayout}
   * @param m int32 [tokens]
   * @param right shift, 1 to 31
   * @param token row of this matrix
   * @param x int32 [width], written
   */
  public static void row(
      byte[] w,
      int wAt,
      int layout,
      byte[] m,
      int mAt,
      int right,
      int token,
      byte[] x,
      int xAt,
      int width) {
    int multiplier = Dsp.load32(m, mAt + (token << 2));
    for (int i = 0; i < width; i++) {
      int at = WeightLayout.offset(layout, token, i, width);
      int value = Requantise.apply(w[wAt + at], multiplier, 24, right);
      Dsp.store32(x, xAt + (i << 2), value);
    }
  }

  /**
   * x[i] += row[i] · multiplier · 2^-(8+right), saturating; parameters and error as of {@link
   * #row}.
   *
   * @param x int32 [width], updated
   */
  public static void add(
      byte[] w,
      int wAt,
      int layout,
      int multiplier,
      int right,
      int token,
      byte[] x,
      int xAt,
      int width) {
    for (int i = 0; i < width; i++) {
      int at = WeightLayout.offset(layout, token, i, width);
      int value = Requantise.apply(w[wAt + at], multiplier, 24, right);
      int to = xAt + (i << 2);
      Dsp.store32(x, to, Dsp.addSaturating(Dsp.load32(x, to), value));
    }
  }

  /**
   * Copies one row as it is: int8 [width] to {@code row}.
   *
   * @param w int8 weights [tokens × width]
   * @param layout their {@link WeightLayout}
   */
  public static void copy(
      byte[] w, int wAt, int layout, int token, byte[] row, int rowAt, int width) {
    for (int i = 0; i < width; i++) {
      int at = WeightLayout.offset(layout, token, i, width);
      row[rowAt + i] = w[wAt + at];
    }
  }
}
