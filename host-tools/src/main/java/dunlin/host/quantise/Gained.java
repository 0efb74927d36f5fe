package dunlin.host.quantise;

import static dunlin.host.quantise.Vectors.vector;

import dunlin.host.model.EncoderModel.Linear;
import dunlin.host.model.EncoderModel.Norm;
import dunlin.host.model.Matrix;
import dunlin.host.quantise.QuantisedEncoder.Gain;

/**
 * gain∘(x + W·h + b) + bias, a sum and the NoNorm behind it, as gain∘x + addend + (gain∘W)·h: what
 * is done to the stream x, and what is then added.
 *
 * @param gains [channels]
 * @param addends [channels]
 * @param weight gain∘W
 */
record Gained(double[] gains, double[] addends, Matrix weight) {
  /** Fraction bits that {@link dunlin.kernels.NoNorm}'s shift can have. */
  private static final int MOST_SHIFT = 31;

  static Gained of(Linear linear, Norm norm) {
    double[] gain = Vectors.of(norm.gain());
    double[] bias = Vectors.of(norm.bias());
    double[] inner = Vectors.of(linear.bias());
    return new Gained(
        gain,
        vector(gain.length, i -> gain[i] * inner[i] + bias[i]),
        multiplyRows(linear.weight(), gain));
  }

  static Matrix multiplyRows(Matrix matrix, double[] by) {
    float[] values = new float[matrix.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (matrix.values()[i] * by[i / matrix.columns()]);
    }
    return new Matrix(matrix.name(), matrix.rows(), matrix.columns(), values);
  }

  /** The linear layer alone: the stream has the addend. */
  Linear linear() {
    Matrix none = new Matrix(weight.name() + " bias", 1, weight.rows(), new float[weight.rows()]);
    return new Linear(weight, none);
  }

  /** What is done to a stream with so many fraction bits. */
  Gain at(int fraction) {
    return gain(gains, addends, fraction);
  }

  /** gain∘x + addend of a stream with so many fraction bits. */
  static Gain gain(double[] gains, double[] addends, int fraction) {
    double largest = Vectors.largest(vector(gains.length, i -> Math.abs(gains[i])));
    int shift = Math.min(30 - Rounding.ceilLog2(largest), MOST_SHIFT);
    int[] words = new int[gains.length];
    int[] biases = new int[gains.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = (int) Math.rint(Math.scalb(gains[i], shift));
      biases[i] = (int) Math.rint(Math.scalb(addends[i], fraction));
    }
    return new Gain(words, biases, shift);
  }
}
