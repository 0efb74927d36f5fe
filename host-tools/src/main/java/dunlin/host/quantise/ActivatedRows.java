package dunlin.host.quantise;

import static dunlin.host.quantise.Vectors.largest;
import static dunlin.host.quantise.Vectors.vector;

import dunlin.boards.Refusal;
import dunlin.host.model.EncoderModel.Linear;
import dunlin.host.quantise.QuantisedEncoder.Activated;
import dunlin.host.quantise.QuantisedEncoder.Affine;

/**
 * An encoder's linear layer and its activation, to int16.
 *
 * @param step what a step of its results is worth
 */
record ActivatedRows(Activated layer, double step) {
  /** 12 significant bits at what calibration saw, and so many times as far. */
  private static final double HEADROOM = 4;

  private static final int INT16 = (1 << (QuantisedEncoder.HIDDEN_BITS - 1)) - 1;

  /** {@link dunlin.kernels.Activation} computes with so many fraction bits at least. */
  private static final int LEAST_FRACTION_BITS = 16;

  /** And takes no more. */
  private static final int MOST_FRACTION_BITS = 28;

  /** What is activated stays below 2^29. */
  private static final int ACTIVATED_BITS = 29;

  /**
   * A layer.
   *
   * @param model for messages
   * @param steps of its inputs
   * @param bits of its inputs
   * @param peaks of its results
   */
  static ActivatedRows of(
      String model, String name, Linear linear, double[] steps, int bits, double[] peaks) {
    Rounding.Rows rows = Rounding.rows(name, Equalisation.multiplyColumns(linear.weight(), steps));
    int left = Rounding.left(model, rows.matrix(), bits);
    double[] bias = Vectors.of(linear.bias());
    int fraction = fraction(model + ": " + name, rows, bias, bits, left);
    Affine table =
        Affines.of(
            model + ": " + name,
            vector(bias.length, i -> Math.scalb(rows.scales()[i], fraction - left)),
            vector(bias.length, i -> Math.scalb(bias[i], fraction)));
    double step = Math.max(step(largest(peaks)), Math.scalb(1.0, 2 - fraction));
    double worth = Math.scalb(1.0, -Math.max(fraction, LEAST_FRACTION_BITS)) / step;
    int exponent = Math.getExponent(worth) - 30;
    int multiplier = (int) Math.min(Math.rint(Math.scalb(worth, -exponent)), Integer.MAX_VALUE);
    int shift = -32 - exponent;
    return new ActivatedRows(
        new Activated(rows.matrix(), left, table, fraction, multiplier, shift), step);
  }

  /** What a step of an int16 tensor with such a peak is worth. */
  static double step(double peak) {
    return peak * HEADROOM / INT16;
  }

  /**
   * The most fraction bits that hold whatever an input's saturated channels can sum up to, and are
   * no finer than the sums.
   */
  private static int fraction(String what, Rounding.Rows rows, double[] bias, int bits, int left) {
    double bound = 0;
    for (int row = 0; row < bias.length; row++) {
      long sum = 0;
      for (int c = 0; c < rows.matrix().columns(); c++) {
        sum += Math.abs(rows.matrix().values()[row * rows.matrix().columns() + c]);
      }
      double most = (double) sum * (1 << (bits - 1)) * rows.scales()[row];
      bound = Math.max(bound, most + Math.abs(bias[row]));
    }
    int fraction = ACTIVATED_BITS - 1 - Rounding.ceilLog2(Math.max(bound, 0x1p-20));
    if (fraction < LEAST_FRACTION_BITS) {
      throw new Refusal(
          what + " leaves " + fraction + " fraction bits of 16", "check the checkpoint's weights");
    }
    int told = left - 3 - Rounding.ceilLog2(largest(rows.scales()));
    return Math.min(Math.min(fraction, told), MOST_FRACTION_BITS);
  }
}
