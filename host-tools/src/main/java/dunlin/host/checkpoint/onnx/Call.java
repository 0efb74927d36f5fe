package dunlin.host.checkpoint.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dunlin.boards.Refusal;
import dunlin.boards.Unreadable;
import dunlin.host.checkpoint.ModelJson;
import dunlin.host.checkpoint.onnx.Source.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * A node and what it reads.
 *
 * @param inputs null where an optional one is left out
 */
record Call(Path file, NodeProto node, List<Value> inputs, Room room) {
  boolean has(int index) {
    return index < inputs.size() && inputs.get(index) != null;
  }

  Value input(int index) {
    if (!has(index)) {
      throw refusal("its input " + index + " is missing");
    }
    return inputs.get(index);
  }

  boolean isTraced(int index) {
    return has(index) && inputs.get(index) instanceof Traced;
  }

  Traced traced(int index) {
    if (input(index) instanceof Traced traced) {
      return traced;
    }
    throw refusal("its input " + index + " is constant");
  }

  /** The numbers of an input, read from the file where they are there. */
  Known known(int index) {
    return known(input(index));
  }

  Known known(Value value) {
    if (value instanceof Known known) {
      return known;
    }
    if (value instanceof Stored stored) {
      room.take(stored.dims());
      try {
        return stored.read();
      } catch (IOException e) {
        throw new Unreadable(stored.tensor().file(), e);
      }
    }
    throw refusal("what it does depends on the input's numbers");
  }

  int[] integers(int index) {
    return known(index).integers();
  }

  /** The elements of {@code dims}, if there is room for them. */
  int[] room(int... dims) {
    if (!room.has(dims)) {
      throw refusal("it makes " + ModelJson.oneLine(Arrays.toString(dims)) + " of a small file");
    }
    room.take(dims);
    return dims;
  }

  /** An axis as counted from the front. */
  int axis(long axis, int rank) {
    long counted = axis < 0 ? axis + rank : axis;
    if (counted < 0 || counted >= rank) {
      throw refusal("axis " + axis + " of " + rank);
    }
    return (int) counted;
  }

  private Optional<AttributeProto> attribute(String name) {
    return node.getAttributeList().stream().filter(a -> a.getName().equals(name)).findFirst();
  }

  long integer(String name, long otherwise) {
    return attribute(name).map(AttributeProto::getI).orElse(otherwise);
  }

  double number(String name, double otherwise) {
    return attribute(name).map(a -> decimal(a.getF())).orElse(otherwise);
  }

  String text(String name, String otherwise) {
    return attribute(name).map(a -> a.getS().toStringUtf8()).orElse(otherwise);
  }

  /** The integers of an attribute; null where it is missing. */
  int[] integers(String name) {
    return attribute(name)
        .map(a -> a.getIntsList().stream().mapToInt(Long::intValue).toArray())
        .orElse(null);
  }

  /** The integers of input {@code index}, or of the attribute that older opsets have. */
  int[] integers(int index, String name) {
    return has(index) ? integers(index) : integers(name);
  }

  /** The value of a Constant. */
  Value constant() {
    return node.getAttributeList().stream()
        .map(this::constant)
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow(() -> refusal("its value is none of tensor, float, int, ints"));
  }

  /** What an attribute says of a Constant's value; null for nothing. */
  private Value constant(AttributeProto attribute) {
    return switch (attribute.getName()) {
      case "value" -> tensor(attribute);
      case "value_float" -> Known.scalar(attribute.getF(), false);
      case "value_int" -> Known.scalar((double) attribute.getI(), true);
      case "value_ints" ->
          Known.vector(attribute.getIntsList().stream().mapToInt(Long::intValue).toArray());
      default -> null;
    };
  }

  private Value tensor(AttributeProto attribute) {
    try {
      return OnnxTensor.of(file, attribute.getT());
    } catch (IOException e) {
      throw new Unreadable(file, e);
    }
  }

  /** 1e-5 was meant where a float's 9.99999974737875e-6 is stored. */
  static double decimal(double number) {
    return (float) number == number ? Double.parseDouble(Float.toString((float) number)) : number;
  }

  /** What this node makes, of an operation. */
  Traced makes(Operation operation, double parameter, int[] dims, Value... of) {
    return Traced.of(new Source(operation, List.of(of), room(dims), node, parameter));
  }

  /** What this node makes of each element; in the source's order, if it is only moved before. */
  Traced makes(Operation operation, Traced of) {
    int[] moved = of.permutation();
    if (moved == null) {
      return makes(operation, 0, of.dims(), of);
    }
    Traced unmoved = of.unmoved();
    return makes(operation, 0, unmoved.dims(), unmoved).pick(of.dims(), moved, 0);
  }

  /** What is made of two; in their sources' order, if both are only moved before, and alike. */
  static Traced unmoved(Traced a, Traced b, BinaryOperator<Traced> operator) {
    int[] moved = a.permutation();
    boolean alike =
        moved != null && Arrays.equals(moved, b.permutation()) && Arrays.equals(a.dims(), b.dims());
    return alike
        ? operator
            .apply(a.unmoved(), b.unmoved().reshaped(a.source().dims()))
            .pick(a.dims(), moved, 0)
        : operator.apply(a, b);
  }

  Refusal refusal(String why) {
    return refusal(file, node, why);
  }

  /** The refusal of a node, by its name, operator and output. */
  static Refusal refusal(Path file, NodeProto node, String why) {
    String name = node.getName().isEmpty() ? "" : " " + ModelJson.oneLine(node.getName());
    String output = node.getOutputCount() == 0 ? "" : " → " + ModelJson.oneLine(node.getOutput(0));
    return new Refusal(
        "%s: node%s (%s%s): %s"
            .formatted(file, name, ModelJson.oneLine(node.getOpType()), output, why),
        "docs/importing.md shows what graphs are understood");
  }
}
