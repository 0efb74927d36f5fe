package dunlin.host.model;

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

  /** Element (row, column). */
  public float at(int row, int column) {
    return values[row * columns + column];
  }
}
