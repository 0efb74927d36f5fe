package dunlin.host.checkpoint.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dunlin.boards.Refusal;
import dunlin.host.checkpoint.ModelJson;
import dunlin.host.checkpoint.onnx.Source.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs a graph as far as it can be run without an input: one sequence, of as many tokens as the
 * graph asks for, of {@link #TOKENS} if any number will do. Masks are ones, positions count from 0,
 * and there is no past.
 */
final class Evaluation {
  /** Enough to tell what depends on places: each rotary angle comes three times. */
  static final int TOKENS = 4;

  private static final int MOST_EXTENT = 1 << 16;
  private static final Map<String, Operator> OPERATORS = operators();

  private final OnnxFile graph;
  private final Map<String, Value> values;
  private final Room room;

  private Evaluation(OnnxFile graph) throws IOException {
    this.graph = graph;
    this.values = new HashMap<>(graph.constants());
    this.room = new Room(bytes(graph));
  }

  private static Map<String, Operator> operators() {
    Map<String, Operator> operators = new HashMap<>(Moves.OPERATORS);
    operators.putAll(Gathers.OPERATORS);
    operators.putAll(Arithmetic.OPERATORS);
    operators.putAll(Layers.OPERATORS);
    return operators;
  }

  /** Of the file, and of files with weights beside it. */
  private static long bytes(OnnxFile graph) throws IOException {
    long bytes = Files.size(graph.file());
    for (Value constant : graph.constants().values()) {
      if (constant instanceof Stored stored && !stored.tensor().file().equals(graph.file())) {
        bytes += stored.tensor().bytes();
      }
    }
    return bytes;
  }

  /**
   * What the graph's outputs are, in their order.
   *
   * @throws Refusal naming the first node that cannot be evaluated
   */
  static List<Traced> outputs(OnnxFile graph) throws IOException {
    return new Evaluation(graph).run();
  }

  private List<Traced> run() {
    graph.inputs().forEach(input -> values.put(input.getName(), input(input)));
    graph.nodes().forEach(this::evaluate);
    List<Traced> outputs = new ArrayList<>();
    for (ValueInfoProto output : graph.outputs()) {
      if (values.get(output.getName()) instanceof Traced traced) {
        outputs.add(traced);
      }
    }
    if (outputs.isEmpty()) {
      throw new Refusal(graph.file() + ": no output depends on an input", "export the model again");
    }
    return outputs;
  }

  private void evaluate(NodeProto node) {
    List<Value> inputs = new ArrayList<>();
    for (String name : node.getInputList()) {
      Value value = values.get(name);
      if (value == null && !name.isEmpty()) {
        throw Call.refusal(
            graph.file(), node, "nothing makes its input " + ModelJson.oneLine(name));
      }
      inputs.add(value);
    }
    Operator operator = OPERATORS.get(node.getOpType());
    if (operator == null) {
      throw Call.refusal(graph.file(), node, "the operator is not one of those Dunlin knows");
    }
    List<Value> outputs = outputs(operator, new Call(graph.file(), node, inputs, room));
    for (int i = 0; i < Math.min(outputs.size(), node.getOutputCount()); i++) {
      values.put(node.getOutput(i), outputs.get(i));
    }
  }

  private static List<Value> outputs(Operator operator, Call call) {
    try {
      return operator.outputs(call);
    } catch (ArithmeticException | IndexOutOfBoundsException | NegativeArraySizeException e) {
      throw call.refusal("its inputs do not fit it"); // extents and indices come from the file
    }
  }

  private Value input(ValueInfoProto input) {
    String name = input.getName().toLowerCase(Locale.ROOT);
    TensorShapeProto shape = input.getType().getTensorType().getShape();
    boolean past = name.contains("past") || name.contains("cache") && shape.getDimCount() > 1;
    int[] dims = new int[shape.getDimCount()];
    for (int axis = 0; axis < dims.length; axis++) {
      long extent = shape.getDim(axis).getDimValue();
      if (extent < 0 || extent > MOST_EXTENT || axis == 0 && extent > 1 && dims.length > 1) {
        throw new Refusal(
            "%s: input %s has extent %d".formatted(graph.file(), shown(input), extent),
            "export the model for one sequence at a time");
      }
      boolean first = axis == 0 && dims.length > 1;
      dims[axis] = extent > 0 ? (int) extent : first ? 1 : past ? 0 : TOKENS;
    }
    if (!room.has(dims)) {
      throw new Refusal(
          "%s: input %s is of %s in a small file"
              .formatted(graph.file(), shown(input), ModelJson.oneLine(Arrays.toString(dims))),
          "export the model again");
    }
    room.take(dims);
    double[] numbers = new double[Layout.size(dims)];
    if (name.contains("mask")) {
      Arrays.fill(numbers, 1);
    } else if (name.contains("position")) {
      Arrays.setAll(numbers, i -> i);
    } else if (!past) {
      boolean types = name.contains("type") || name.contains("segment");
      Operation what = types ? Operation.TYPES : Operation.INPUT;
      return Traced.of(new Source(what, List.of(), dims, null, 0));
    }
    return new Known(dims, numbers, !past);
  }

  private static String shown(ValueInfoProto input) {
    return ModelJson.oneLine(input.getName());
  }
}
