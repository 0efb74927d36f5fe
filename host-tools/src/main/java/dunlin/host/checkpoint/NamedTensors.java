package dunlin.host.checkpoint;

import dunlin.boards.Refusal;
import dunlin.host.model.EncoderModel.Linear;
import dunlin.host.model.EncoderModel.Norm;
import dunlin.host.model.Matrix;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An encoder's tensors: each is taken once, by its name, and must have the shape that is due. */
final class NamedTensors {
  private final Map<String, StoredTensor> left;
  private final TensorReader reader;
  private final Function<String, Refusal> refusal;

  /**
   * @param stored by name; not changed
   * @param refusal of a tensor, made of what is wrong with it
   */
  NamedTensors(
      Map<String, StoredTensor> stored, TensorReader reader, Function<String, Refusal> refusal) {
    this.left = new LinkedHashMap<>(stored);
    this.reader = reader;
    this.refusal = refusal;
  }

  /** A linear layer. */
  Linear linear(String weight, String bias, int outputs, int inputs) throws IOException {
    return new Linear(matrix(weight, outputs, inputs), vector(bias, outputs));
  }

  /** A linear layer without a bias. */
  Linear projection(String weight, int outputs, int inputs) throws IOException {
    Matrix none = new Matrix(weight + " (no bias)", 1, outputs, new float[outputs]);
    return new Linear(matrix(weight, outputs, inputs), none);
  }

  Norm norm(String gain, String bias, int width) throws IOException {
    return new Norm(vector(gain, width), vector(bias, width));
  }

  Matrix matrix(String name, int rows, int columns) throws IOException {
    return take(name, rows, columns, rows, columns);
  }

  private Matrix vector(String name, int width) throws IOException {
    return take(name, 1, width, width);
  }

  /** Rows × columns, stored with {@code shape}. */
  Matrix take(String name, int rows, int columns, int... shape) throws IOException {
    List<Integer> due = Arrays.stream(shape).boxed().toList();
    StoredTensor tensor = left.remove(name);
    if (tensor == null || !tensor.shape().equals(due)) {
      throw refusal.apply(
          "tensor %s %s, where %s is due".formatted(name, found(tensor), shown(due)));
    }
    return reader.read(tensor, rows, columns);
  }

  /** An extent of a tensor that is still there. */
  int extent(String name, int axis) {
    StoredTensor tensor = left.get(name);
    if (tensor == null || tensor.shape().size() <= axis) {
      throw refusal.apply("tensor " + name + " " + found(tensor));
    }
    return tensor.shape().get(axis);
  }

  boolean has(String name) {
    return left.containsKey(name);
  }

  /**
   * Refuses what was not taken.
   *
   * @param where it has no place
   */
  void expectNone(String where) {
    if (!left.isEmpty()) {
      String name = ModelJson.oneLine(left.keySet().iterator().next());
      throw refusal.apply("tensor " + name + " has no place in " + where);
    }
  }

  private static String found(StoredTensor tensor) {
    return tensor == null ? "is missing" : "is " + shown(tensor.shape());
  }

  private static String shown(List<Integer> shape) {
    return ModelJson.oneLine(
        shape.stream().map(String::valueOf).collect(Collectors.joining(" × ")));
  }
}
