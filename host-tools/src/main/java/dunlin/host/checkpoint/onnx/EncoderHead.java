package dunlin.host.checkpoint.onnx;

import dunlin.host.checkpoint.onnx.Parts.Layer;
import dunlin.host.checkpoint.onnx.Source.Operation;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.EncoderModel.Linear;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What stands between the last block and the logits.
 *
 * @param pooling FIRST_TOKEN too where the first one is a class token
 * @param pooled what the pooler reads, or the layer where there is none: the last norm's result, or
 *     a row of it
 * @param pooler with tanh behind it
 * @param columns outputs of the layer, a label's each
 */
record EncoderHead(
    Pooling pooling, Traced pooled, Optional<Layer> pooler, Layer layer, int[] columns) {

  /**
   * The head that makes a graph's outputs.
   *
   * @param outputs logits of labels, or of starts and of ends; what is behind them does not count
   */
  static EncoderHead of(Parts parts, List<Traced> outputs) {
    Traced logits = outputs.get(0);
    if (logits.source().is(Operation.LAYER_NORM)) {
      throw parts.refusal(
          logits.source(), "the graph ends behind the blocks: export the model with its head");
    }
    return outputs.size() > 1 && column(logits) >= 0
        ? spans(parts, logits, outputs.get(1))
        : labels(parts, parts.linear(logits));
  }

  /** Whether the model marks where answers start and end. */
  boolean marksSpans() {
    return pooling == Pooling.EVERY_TOKEN;
  }

  Linear head(Weights weights) throws IOException {
    return new Linear(
        weights.read("head", layer.weight(), columns, Weights.all(layer.inputs())),
        Weights.row("head.bias", layer.bias()));
  }

  private static EncoderHead labels(Parts parts, Layer layer) {
    Traced read = layer.input();
    Optional<Layer> pooler = Optional.empty();
    if (read.source().is(Operation.TANH)) {
      Source tanh = parts.plain(read, Operation.TANH);
      pooler = Optional.of(parts.linear(tanh.traced(0)));
      read = pooler.get().input();
    }
    Pooling pooling = Pooling.FIRST_TOKEN;
    if (read.source().is(Operation.MEAN_OF_ROWS)) {
      pooling = Pooling.MEAN;
      read = all(parts, parts.plain(read, Operation.MEAN_OF_ROWS).traced(0));
    } else {
      expectFirst(parts, read);
    }
    return new EncoderHead(pooling, read, pooler, layer, Weights.all(layer.outputs()));
  }

  /** The first token is taken before the last norm, or behind it. */
  private static void expectFirst(Parts parts, Traced pooled) {
    boolean normalised = pooled.source().is(Operation.LAYER_NORM);
    Traced sum = normalised ? pooled.source().traced(0) : Traced.of(pooled.source());
    boolean before = parts.row(sum) == 0 && pooled.inOrder();
    if (!before && !(parts.row(pooled) == 0 && sum.inOrder())) {
      throw parts.refusal(pooled.source(), "the head reads other than the first token or a mean");
    }
  }

  /** {@code read}, which must be all tokens in their order, as what the last norm reads must. */
  private static Traced all(Parts parts, Traced read) {
    if (read.source().is(Operation.LAYER_NORM)) {
      parts.inOrder(read.source().traced(0));
    }
    return parts.inOrder(read);
  }

  private static EncoderHead spans(Parts parts, Traced starts, Traced ends) {
    Source linear = starts.source();
    int[] columns = {column(starts), column(ends)};
    if (!linear.equals(ends.source()) || columns[1] < 0) {
      throw parts.refusal(ends.source(), "it makes no ends beside the starts of answers");
    }
    Layer layer = new Layer(linear, new double[] {starts.offset(0), ends.offset(0)});
    return new EncoderHead(
        Pooling.EVERY_TOKEN, all(parts, layer.input()), Optional.empty(), layer, columns);
  }

  /** Which output of a linear layer {@code logits} are, of every row; −1 if they are none. */
  private static int column(Traced logits) {
    int[] dims = logits.source().dims();
    int columns = dims.length == 0 ? 0 : dims[dims.length - 1];
    boolean one =
        logits.source().is(Operation.LINEAR)
            && columns > 1
            && logits.size() > 0
            && logits.size() == Layout.size(dims) / columns
            && logits.terms() == 1
            && logits.index(0, 0) < columns;
    for (int i = 0; i < logits.size() && one; i++) {
      one =
          logits.index(i, 0) == logits.index(0, 0) + i * columns
              && Tolerance.near(logits.factor(i, 0), 1)
              && logits.offset(i) == logits.offset(0);
    }
    return one ? logits.index(0, 0) : -1;
  }
}
