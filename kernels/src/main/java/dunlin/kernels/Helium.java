package dunlin.kernels;

/**
 * Dot products by the M-profile vector extension (Helium), in pieces that are coarse enough for
 * their sums to stay in registers: one row of activations against four output channels.
 *
 * <p>On the desktop these bodies run as they stand. The build for a core with Helium shadows this
 * class with loops over whole vectors (Armv8-M Architecture Reference Manual, VMLADAV and the
 * tail-predicated WLSTP); one for another core shadows it with nothing, and drops what {@link
 * #present} guards.
 */
public final class Helium {
  private Helium() {}

  /** Whether this core has it. The desktop stands for any core. */
  public static boolean present() {
    return true;
  }

  /**
   * y[c] = Σ_k w[c][k] · x[k], for int8 activations; wraps.
   *
   * @param w int8 weights of four channels, a row each, as {@link LinearHelium} has them
   * @param x int8 [inputs]
   * @param y int32 [channels], written
   * @param channels how many of the four sums are wanted, 1 to 4
   */
  public static void dot8(
      byte[] w, int wAt, byte[] x, int xAt, int inputs, byte[] y, int yAt, int channels) {
    for (int c = 0; c < channels; c++) {
      int row = wAt + LinearHelium.offset(c, 0, inputs);
      int sum = 0;
      for (int k = 0; k < inputs; k++) {
        sum += w[row + k] * x[xAt + k];
      }
      Dsp.store32(y, yAt + (c << 2), sum);
    }
  }

  /**
   * The same for int16 activations.
   *
   * @param x int16 [inputs], at an even offset
   */
  public static void dot16(
      byte[] w, int wAt, byte[] x, int xAt, int inputs, byte[] y, int yAt, int channels) {
    int from = (xAt & 1) == 0 ? xAt : Integer.MIN_VALUE; // VLDRH faults at odd addresses
    for (int c = 0; c < channels; c++) {
      int row = wAt + LinearHelium.offset(c, 0, inputs);
      int sum = 0;
      for (int k = 0; k < inputs; k++) {
        sum += w[row + k] * Dsp.load16(x, from + (k << 1));
      }
      Dsp.store32(y, yAt + (c << 2), sum);
    }
  }
}
