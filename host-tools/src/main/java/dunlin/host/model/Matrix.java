package dunlin.host.model;

import java.util.Random;

/**
 * A dense float matrix, row-major: element (r, c) is {@code values[r * columns + c]}.
 *
 * @param name the tensor's name, for messages
 * @param rows output channels, for a weight
 * @param columns input channels, for a weight
 * @param values rows × columns finite numbers, not copied
 */
public record Matrix(String name, int rows, int columns, float[] values) {
  public Matrix {
    if (values.length != (long) rows * columns) {
      throw new IllegalArgumentException(
          name + ": " + values.length + " values for " + rows + " × " + columns);
    }
  }

  /** Random numbers within {@code reach} of {@code centre}. */
  static Matrix uniform(
      String name, int rows, int columns, float centre, float reach, Random random) {
    float[] values = new float[Math.multiplyExact(rows, columns)];
    for (int i = 0; i < values.length; i++) {
      values[i] = centre + reach * (2 * random.nextFloat() - 1);
    }
    return new Matrix(name, rows, columns, values);
  }

  /** Element (row, column). */
  public float at(int row, int column) {
    return values[row * columns + column];
  }
}
