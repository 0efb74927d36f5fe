package dunlin.host.checkpoint.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A tensor that depends on the graph's input, and how.
 *
 * @param operation what makes it
 * @param inputs of the operation
 * @param dims extents, slowest first
 * @param node of the graph that completes it; null for the graph's inputs
 * @param parameter a norm's epsilon
 */
record Source(
    Operation operation, List<Value> inputs, int[] dims, NodeProto node, double parameter) {

  /** What makes a tensor of others. Gains, biases and orders of elements are not among them. */
  enum Operation {
    /** The graph's: tokens, or features. */
    INPUT,
    /** The graph's: the type (segment) of each token. */
    TYPES,
    /** Rows of a table, by tokens or their types. */
    EMBEDDING,
    /** x·W. */
    LINEAR,
    /** (x − mean) / √(variance + ε). */
    LAYER_NORM,
    /** x / √(mean square + ε). */
    RMS_NORM,
    RELU,
    GELU_ERF,
    GELU_TANH,
    SILU,
    TANH,
    ERF,
    SIGMOID,
    ROOT,
    RECIPROCAL,
    SQUARE,
    CUBE,
    /** x − mean over the last extent. */
    CENTRED,
    /** Mean over the last extent. */
    MEAN,
    /** Mean over the last extent but one. */
    MEAN_OF_ROWS,
    SUM,
    PRODUCT,
    /** Queries and keys: q·k. */
    SCORES,
    SOFTMAX,
    /** Weights of a softmax and values. */
    CONTEXT
  }

  /** Two are one only if a node made them: a chain of them is as deep as the model. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  /** Input {@code index}, which depends on the graph's input too. */
  Traced traced(int index) {
    return (Traced) inputs.get(index);
  }

  /** Input {@code index}, a weight. */
  Value constant(int index) {
    return inputs.get(index);
  }

  boolean is(Operation other) {
    return operation == other;
  }

  /** Whether {@code other} is this operation, or on a way to it. */
  boolean uses(Operation other) {
    Set<Source> seen = new HashSet<>();
    Deque<Source> open = new ArrayDeque<>(List.of(this));
    while (!open.isEmpty()) {
      Source next = open.remove();
      if (next.is(other)) {
        return true;
      }
      if (seen.add(next)) {
        next.inputs.stream()
            .filter(Traced.class::isInstance)
            .forEach(input -> open.add(((Traced) input).source()));
      }
    }
    return false;
  }
}
