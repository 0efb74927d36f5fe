package dunlin.host.quantise;

import dunlin.boards.Refusal;
import dunlin.host.model.Matrix;
import dunlin.host.quantise.QuantisedModel.Matrix8;
import java.util.Arrays;
import java.util.List;

/** Real numbers to the integers that the kernels work with. */
final class Rounding {
  private Rounding() {}

  /**
   * int8 weights with a scale for each row.
   *
   * @param scales what one step of each row is worth
   * @param parts rows of each tensor that was joined
   */
  record Rows(Matrix8 matrix, double[] scales, List<Integer> parts) {}

  /** Each row symmetric, its largest magnitude ±127. */
  static Rows rows(String name, Matrix... parts) {
    int columns = parts[0].columns();
    int count = 0;
    for (Matrix part : parts) {
      count += part.rows();
    }
    byte[] values = new byte[count * columns];
    double[] scales = new double[count];
    int row = 0;
    for (Matrix part : parts) {
      for (int r = 0; r < part.rows(); r++, row++) {
        double peak = 0;
        for (int c = 0; c < columns; c++) {
          peak = Math.max(peak, Math.abs(part.at(r, c)));
        }
        scales[row] = peak == 0 ? 0x1p-40 : peak / 127;
        for (int c = 0; c < columns; c++) {
          values[row * columns + c] = (byte) Math.round(part.at(r, c) / scales[row]);
        }
      }
    }
    return new Rows(
        new Matrix8(name, count, columns, values),
        scales,
        Arrays.stream(parts).map(Matrix::rows).toList());
  }

  /**
   * Multipliers with a common exponent: value ≈ multiplier · 2^exponent, the largest multiplier in
   * [2^30, 2^31).
   */
  record Multipliers(int[] values, int exponent) {}

  /** Multipliers for positive {@code values}. */
  static Multipliers multipliers(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, value);
    }
    int exponent = Math.getExponent(largest) - 30;
    if (Math.round(Math.scalb(largest, -exponent)) > Integer.MAX_VALUE) {
      exponent++;
    }
    int[] multipliers = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      multipliers[i] = (int) Math.round(Math.scalb(values[i], -exponent));
    }
    return new Multipliers(multipliers, exponent);
  }

  /** The {@link dunlin.kernels.Scale} nearest below {@code value}, which is positive. */
  static int scale(double value) {
    int exponent = Math.getExponent(value) - 30;
    return dunlin.kernels.Scale.of((long) Math.scalb(value, -exponent), exponent);
  }

  /**
   * How far the largest sum that can occur may be shifted left within 31 bits.
   *
   * @param model for a message
   * @param bits of an activation
   */
  static int left(String model, Matrix8 matrix, int bits) {
    long largest = Math.max(largestSum(matrix, 1 << (bits - 1)), 1);
    if (largest > Integer.MAX_VALUE) {
      throw new Refusal(
          model + ": " + matrix.name() + " can sum up to " + largest,
          "rows of more than " + matrix.columns() + " inputs need a wider accumulator");
    }
    return Long.numberOfLeadingZeros(largest) - 33;
  }

  /** The least power of two that is no less than {@code x}, as its exponent. */
  static int ceilLog2(double x) {
    int exponent = Math.getExponent(x);
    return Math.scalb(1.0, exponent) == x ? exponent : exponent + 1;
  }

  /**
   * The largest sum that a row can reach.
   *
   * @param input largest magnitude of an activation, in steps
   */
  private static long largestSum(Matrix8 matrix, int input) {
    long largest = 0;
    for (int row = 0; row < matrix.rows(); row++) {
      long sum = 0;
      for (int c = 0; c < matrix.columns(); c++) {
        sum += Math.abs(matrix.values()[row * matrix.columns() + c]);
      }
      largest = Math.max(largest, sum * input);
    }
    return largest;
  }
}
