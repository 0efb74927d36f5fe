package dunlin.host.checkpoint.onnx;

import dunlin.host.checkpoint.TensorReader;
import dunlin.host.checkpoint.onnx.Parts.Layer;
import dunlin.host.model.EncoderModel.Linear;
import dunlin.host.model.Matrix;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Weights of a graph, inputs × outputs as it multiplies them, brought to outputs × inputs while
 * they are read.
 */
record Weights(TensorReader reader) {
  /**
   * A weight.
   *
   * @param outputs those that become rows, in order
   * @param inputs those that become columns, in order
   */
  Matrix read(String name, Value weight, int[] outputs, int[] inputs) throws IOException {
    int[] row = places(outputs, weight.dims()[1]);
    int[] column = places(inputs, weight.dims()[0]);
    boolean byOutput = weight instanceof Stored stored && stored.transposed();
    int inner = byOutput ? column.length : row.length;
    float[] values = new float[0];
    if (weight instanceof Stored stored) {
      values =
          reader
              .read(
                  stored.tensor(),
                  outputs.length,
                  inputs.length,
                  i ->
                      byOutput
                          ? place(row[i / inner], column[i % inner], inputs.length)
                          : place(row[i % inner], column[i / inner], inputs.length))
              .values();
    } else if (weight instanceof Known known) {
      values = new float[outputs.length * inputs.length];
      for (int i = 0; i < known.values().length; i++) {
        int to = place(row[i % inner], column[i / inner], inputs.length);
        if (to >= 0) {
          values[to] = (float) known.values()[i];
        }
      }
    }
    return new Matrix(name, outputs.length, inputs.length, values);
  }

  /** A layer's weight and bias, outputs and inputs in their order. */
  Linear linear(String name, Layer layer) throws IOException {
    return new Linear(
        read(name, layer.weight(), all(layer.outputs()), all(layer.inputs())),
        row(name + ".bias", layer.bias()));
  }

  /** A table, row by row as it is stored. */
  Matrix table(String name, Value table) throws IOException {
    int[] dims = table.dims();
    return table instanceof Stored stored
        ? reader.read(stored.tensor(), dims[0], dims[1])
        : row(name, ((Known) table).values(), dims[0]);
  }

  /** Numbers at hand, of one row. */
  static Matrix row(String name, double[] values) {
    return row(name, values, 1);
  }

  static Matrix row(String name, double[] values, int rows) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return new Matrix(name, rows, floats.length / rows, floats);
  }

  /** 0, 1, … */
  static int[] all(int count) {
    return IntStream.range(0, count).toArray();
  }

  private static int place(int row, int column, int columns) {
    return row < 0 || column < 0 ? -1 : row * columns + column;
  }

  /** Where each of {@code count} goes; −1 for nowhere. */
  private static int[] places(int[] chosen, int count) {
    int[] places = new int[count];
    Arrays.fill(places, -1);
    for (int i = 0; i < chosen.length; i++) {
      places[chosen[i]] = i;
    }
    return places;
  }
}
