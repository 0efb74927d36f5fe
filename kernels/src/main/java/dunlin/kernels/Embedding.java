package dunlin.kernels;

/**
 * One row of an int8 embedding matrix as the start of a residual stream. The matrix may be the
 * (tied) output head's, so both weight layouts are read, and a row's multiplier is the head's.
 */
@Unchecked
public final class Embedding {
  private Embedding() {}

  /**
   * x[i] = row[i] · m[token] · 2^-(8+right). Worst error 1/2 + 2^-(right+1).
   *
   * @param w int8 weights [tokens × width], row-major or packed as in {@link LinearDsp}
   * @param packed which of the two
   * @param m int32 [tokens]
   * @param right shift, 1 to 31
   * @param token row of this matrix
   * @param x int32 [width], written
   */
  public static void row(
      byte[] w,
      int wAt,
      boolean packed,
      byte[] m,
      int mAt,
      int right,
      int token,
      byte[] x,
      int xAt,
      int width) {
    int multiplier = Dsp.load32(m, mAt + (token << 2));
    for (int i = 0; i < width; i++) {
      int at = packed ? LinearDsp.offset(token, i, width) : token * width + i;
      int value = Requantise.apply(w[wAt + at], multiplier, 24, right);
      Dsp.store32(x, xAt + (i << 2), value);
    }
  }

  /**
   * Copies one row as it is: int8 [width] to {@code row}.
   *
   * @param w int8 weights [tokens × width], row-major or packed
   */
  public static void copy(
      byte[] w, int wAt, boolean packed, int token, byte[] row, int rowAt, int width) {
    for (int i = 0; i < width; i++) {
      int at = packed ? LinearDsp.offset(token, i, width) : token * width + i;
      row[rowAt + i] = w[wAt + at];
    }
  }
}
