package dunlin.host.quantise;

import dunlin.host.model.Matrix;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Numbers of a tensor's channels. */
final class Vectors {
  private Vectors() {}

  /** The only row of a matrix. */
  static double[] of(Matrix row) {
    return vector(row.values().length, i -> row.values()[i]);
  }

  static double[] vector(int length, IntToDoubleFunction element) {
    return IntStream.range(0, length).mapToDouble(element).toArray();
  }

  /** The same number for each channel. */
  static double[] constant(int length, double value) {
    return vector(length, i -> value);
  }

  /** The largest of some peaks, or a little: an activation that is always 0 gets any scale. */
  static double largest(double[] peaks) {
    return Math.max(Arrays.stream(peaks).max().orElse(0), 0x1p-20);
  }
}
