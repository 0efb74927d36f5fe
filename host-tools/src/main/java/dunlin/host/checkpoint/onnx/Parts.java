package dunlin.host.checkpoint.onnx;

import dunlin.boards.Refusal;
import dunlin.host.checkpoint.onnx.Source.Operation;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** Takes apart what a graph computes; what is not as it must be is refused by its node. */
record Parts(Path file) {
  private static final Set<Operation> HIDDEN =
      EnumSet.of(Operation.PRODUCT, Operation.RELU, Operation.GELU_ERF, Operation.GELU_TANH);
  private static final Set<Operation> SUMS = EnumSet.of(Operation.SUM);

  /**
   * A linear layer, with what is done to its outputs.
   *
   * @param source the product
   * @param bias one for each output
   */
  record Layer(Source source, double[] bias) {
    Traced input() {
      return source.traced(0);
    }

    Value weight() {
      return source.constant(1);
    }

    int inputs() {
      return weight().dims()[0];
    }

    int outputs() {
      return weight().dims()[1];
    }
  }

  /** A sum of the residual stream and a linear layer. */
  record Residual(Traced stream, Layer branch) {}

  Refusal refusal(Source source, String why) {
    return source.node() == null
        ? new Refusal(
            file + ": an input of the graph: " + why,
            "docs/importing.md shows what graphs are understood")
        : Call.refusal(file, source.node(), why);
  }

  /** The source of {@code value}, which must be an {@code operation} and stand there as it is. */
  Source plain(Traced value, Operation operation) {
    Source source = expect(value, operation);
    if (!value.plain()) {
      throw refusal(source, "its result is moved or scaled on the way");
    }
    return source;
  }

  /** The source of {@code value}, which must be an {@code operation}. */
  Source expect(Traced value, Operation operation) {
    if (!value.source().is(operation)) {
      throw refusal(
          value.source(),
          "it makes " + value.source().operation() + " where " + operation + " is due");
    }
    return value.source();
  }

  /** {@code value}, which must have its source's elements in their order. */
  Traced inOrder(Traced value) {
    if (!value.inOrder()) {
      throw refusal(value.source(), "its result is moved on the way");
    }
    return value;
  }

  /** {@code value}, whose elements must be its source's as they are, in whatever order. */
  Traced unscaled(Traced value) {
    for (int i = 0; i < value.size(); i++) {
      if (value.terms() != 1 || value.offset(i) != 0 || !Tolerance.near(value.factor(i, 0), 1)) {
        throw refusal(value.source(), "its result is scaled or added to on the way");
      }
    }
    return value;
  }

  Layer linear(Traced value) {
    Source source = expect(value, Operation.LINEAR);
    if (!Tolerance.near(value.scale(), 1)) {
      throw refusal(source, "its result is moved or scaled on the way");
    }
    return new Layer(source, biases(value));
  }

  /** As {@link #linear(Traced)}, without a bias. */
  Layer unbiased(Traced value) {
    Layer layer = linear(value);
    if (value.offset() != null) {
      throw refusal(layer.source(), "it has a bias, which Llamas have not");
    }
    return layer;
  }

  /** What each channel of {@code value} is multiplied with, the same in each row. */
  double[] gains(Traced value) {
    int channels = channels(value);
    double[] gains = new double[channels];
    Arrays.setAll(gains, i -> value.factor(i, 0));
    for (int i = 0; i < value.size(); i++) {
      boolean inPlace = value.terms() == 1 && value.index(i, 0) % channels == i % channels;
      if (!inPlace || value.factor(i, 0) != gains[i % channels]) {
        throw refusal(value.source(), "its channels have not one gain each");
      }
    }
    return gains;
  }

  private int channels(Traced value) {
    int rank = value.dims().length;
    if (rank == 0 || value.size() == 0) {
      throw refusal(value.source(), "it makes nothing, or one number");
    }
    return value.dims()[rank - 1];
  }

  /** Which row of its source {@code value} is, of channels in order; −1 if it is no such row. */
  int row(Traced value) {
    int channels = channels(Traced.of(value.source()));
    int first = value.size() == channels ? value.index(0, 0) : -1;
    for (int i = 0; i < value.size() && first >= 0; i++) {
      first = value.terms() == 1 && value.index(i, 0) == first + i ? first : -1;
    }
    return first < 0 || first % channels != 0 ? -1 : first / channels;
  }

  /** What is added to each channel of {@code value}, the same in each row. */
  double[] biases(Traced value) {
    int channels = channels(value);
    double[] biases = new double[channels];
    Arrays.setAll(biases, value::offset);
    for (int i = 0; i < value.size(); i++) {
      if (value.offset(i) != biases[i % channels]) {
        throw refusal(value.source(), "its channels have not one bias each");
      }
    }
    return biases;
  }

  /** Takes {@code value} for the sum of the stream and attention's outputs. */
  Residual attention(Traced value) {
    return residual(value, EnumSet.of(Operation.CONTEXT), "an attention's output");
  }

  /** Takes {@code value} for the sum of the stream and a feed-forward's outputs. */
  Residual feedForward(Traced value) {
    return residual(value, HIDDEN, "a feed-forward's output");
  }

  /** Whether {@link #feedForward} would take the sum apart. */
  boolean isFeedForward(Source sum) {
    return branch(sum, HIDDEN) >= 0;
  }

  /** Takes {@code value} for the sum of the stream and a way back to it from fewer channels. */
  Residual widened(Traced value) {
    return residual(value, SUMS, "a linear layer of a block's last sum");
  }

  /** Whether {@link #widened} would take the sum apart. */
  boolean isWidened(Source sum) {
    return branch(sum, SUMS) >= 0;
  }

  private Residual residual(Traced value, Set<Operation> before, String what) {
    Source sum = plain(value, Operation.SUM);
    int branch = branch(sum, before);
    if (branch < 0) {
      throw refusal(sum, "neither summand is " + what);
    }
    return new Residual(sum.traced(1 - branch), linear(sum.traced(branch)));
  }

  /** Which summand is a linear layer of one of {@code before}; −1 for neither. */
  private static int branch(Source sum, Set<Operation> before) {
    for (int branch = 1; branch >= 0 && sum.is(Operation.SUM); branch--) {
      Source of = sum.traced(branch).source();
      if (of.is(Operation.LINEAR) && before.contains(of.traced(0).source().operation())) {
        return branch;
      }
    }
    return -1;
  }
}
