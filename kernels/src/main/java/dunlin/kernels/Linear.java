package dunlin.kernels;

/** The sums of a linear layer, by the kernel for its weights' layout. */
@Unchecked
public final class Linear {
  private Linear() {}

  /**
   * All rows, without a bias.
   *
   * @param layout a {@link WeightLayout} that this core can read
   * @param x activations: expanded for {@link WeightLayout#PACKED}, else int8 or int16 [rows ×
   *     inputs]
   * @param wide whether rows are int16; expanded ones always are
   * @param stride bytes from a row to the next; not of expanded ones
   * @param y int32 [rows × outputs], written
   */
  public static void sums(
      int layout,
      byte[] w,
      int wAt,
      byte[] x,
      int xAt,
      boolean wide,
      int stride,
      byte[] y,
      int yAt,
      int rows,
      int inputs,
      int outputs) {
    if (layout == WeightLayout.PACKED) {
      LinearDsp.rows(w, wAt, x, xAt, null, 0, y, yAt, rows, inputs, outputs);
    } else if (WeightLayout.isHelium(layout)) {
      LinearHelium.sums(w, wAt, x, xAt, wide, stride, y, yAt, rows, inputs, outputs);
    } else {
      LinearPlain.rows(w, wAt, x, xAt, wide, stride, null, 0, y, yAt, rows, inputs, outputs);
    }
  }
}
