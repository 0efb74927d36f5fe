package dunlin.host.quantise;

import dunlin.host.model.EncoderModel.Linear;
import dunlin.host.quantise.QuantisedEncoder.BiasedSum;
import dunlin.host.quantise.QuantisedModel.Sum;
import java.util.stream.DoubleStream;

/**
 * An encoder's linear layer that ends in the residual stream, before that has its fixed point.
 *
 * @param rows its weights, of which each column has its input's step in it
 * @param left of {@link Sum}
 * @param multipliers of {@link Sum}
 * @param bias in the model's units
 */
record SumRows(Rounding.Rows rows, int left, Rounding.Multipliers multipliers, double[] bias) {
  /** What is shifted so far right is 0 however much further it should go: products are < 2^30. */
  private static final int DEAD_SHIFT = 31;

  /**
   * A layer.
   *
   * @param model for messages
   * @param steps of its inputs
   * @param bits of its inputs
   */
  static SumRows of(String model, String name, Linear linear, double[] steps, int bits) {
    Rounding.Rows rows = Rounding.rows(name, Equalisation.multiplyColumns(linear.weight(), steps));
    return new SumRows(
        rows,
        Rounding.left(model, rows.matrix(), bits),
        Rounding.multipliers(rows.scales()),
        Vectors.of(linear.bias()));
  }

  /** The most fraction bits that leave the shift to the right at least 1. */
  int mostFraction() {
    return left - 33 - multipliers.exponent();
  }

  /** The layer for a stream with so many fraction bits. */
  BiasedSum at(int fraction) {
    int right = Math.min(left - 32 - multipliers.exponent() - fraction, DEAD_SHIFT);
    int[] biases =
        DoubleStream.of(bias).mapToInt(b -> (int) Math.rint(Math.scalb(b, fraction))).toArray();
    return new BiasedSum(new Sum(rows.matrix(), multipliers.values(), left, right), biases);
  }
}
