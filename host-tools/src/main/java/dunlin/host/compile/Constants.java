package dunlin.host.compile;

import dunlin.host.compile.Operand.Constant;
import dunlin.host.quantise.QuantisedEncoder.Affine;
import dunlin.host.quantise.QuantisedModel.Matrix8;
import dunlin.kernels.WeightLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A quantised model's arrays as bytes of an image, little-endian. */
final class Constants {
  private Constants() {}

  /**
   * Weights as the kernel for a layout reads them.
   *
   * @param layout a {@link WeightLayout}
   */
  static Constant weights(Matrix8 matrix, int layout) {
    int bytes = WeightLayout.bytes(layout, matrix.columns(), matrix.rows());
    return new Constant(matrix.name(), bytes, () -> packed(matrix, layout, bytes));
  }

  /** Matrices one behind the other, each as the kernel for a layout reads it. */
  static Constant blocks(String name, List<Matrix8> matrices, int layout) {
    List<Constant> blocks = matrices.stream().map(matrix -> weights(matrix, layout)).toList();
    return new Constant(name, blocks.stream().mapToInt(Constant::size).sum(), () -> joined(blocks));
  }

  private static byte[] joined(List<Constant> blocks) {
    ByteBuffer all = ByteBuffer.allocate(blocks.stream().mapToInt(Constant::size).sum());
    blocks.forEach(block -> all.put(block.bytes()));
    return all.array();
  }

  /** Channels of a {@link dunlin.kernels.Affine} table. */
  static Constant affine(String name, Affine table, int[] channels) {
    return words(
        name,
        Arrays.stream(channels)
            .flatMap(c -> IntStream.of(table.multipliers()[c], table.addends()[c]))
            .toArray());
  }

  /** All of a {@link dunlin.kernels.Affine} table. */
  static Constant affine(String name, Affine table) {
    return pairs(name, table.multipliers(), table.addends());
  }

  /** Two words for each channel, side by side. */
  static Constant pairs(String name, int[] first, int[] second) {
    return words(
        name,
        IntStream.range(0, first.length).flatMap(c -> IntStream.of(first[c], second[c])).toArray());
  }

  private static byte[] packed(Matrix8 matrix, int layout, int size) {
    int columns = matrix.columns();
    byte[] bytes = new byte[size];
    for (int row = 0; row < matrix.rows(); row++) {
      for (int column = 0; column < columns; column++) {
        int at = WeightLayout.offset(layout, row, column, columns);
        bytes[at] = matrix.values()[row * columns + column];
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
