package dunlin.host.compile;

import dunlin.host.compile.Operand.Constant;
import dunlin.host.quantise.QuantisedModel.Matrix8;
import dunlin.kernels.LinearDsp;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A quantised model's arrays as bytes of an image, little-endian. */
final class Constants {
  private Constants() {}

  /** Weights, row-major or packed as {@link LinearDsp} reads them. */
  static Constant weights(Matrix8 matrix, boolean packed) {
    return packed
        ? new Constant(
            matrix.name(),
            LinearDsp.weightBytes(matrix.columns(), matrix.rows()),
            () -> packed(matrix))
        : new Constant(matrix.name(), matrix.values().length, matrix::values);
  }

  private static byte[] packed(Matrix8 matrix) {
    int columns = matrix.columns();
    byte[] bytes = new byte[LinearDsp.weightBytes(columns, matrix.rows())];
    for (int row = 0; row < matrix.rows(); row++) {
      for (int column = 0; column < columns; column++) {
        bytes[LinearDsp.offset(row, column, columns)] = matrix.values()[row * columns + column];
      }
    }
    return bytes;
  }

  static Constant bytes(String name, byte[] values) {
    return new Constant(name, values.length, () -> values);
  }

  static Constant words(String name, int[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(values);
    return bytes(name, bytes.array());
  }

  static Constant halfwords(String name, short[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(values);
    return bytes(name, bytes.array());
  }
}
