package dunlin.host.checkpoint.onnx;

import dunlin.host.checkpoint.onnx.EncoderLayer.Hidden;
import dunlin.host.checkpoint.onnx.EncoderLayer.Narrow;
import dunlin.host.checkpoint.onnx.EncoderLayer.Scaled;
import dunlin.host.checkpoint.onnx.Parts.Layer;
import dunlin.host.checkpoint.onnx.Parts.Residual;
import dunlin.host.checkpoint.onnx.Source.Operation;
import dunlin.host.model.EncoderConfig.NormPlacement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Blocks of MobileBERT, which have a gain and a bias where others have norms, taken apart from the
 * last to the first. A layer's bias and that of the gain behind it are one in a graph.
 */
record NarrowBlocks(EncoderParts parts, Parts graph) {
  /**
   * The blocks below {@code last}.
   *
   * @param last gains and biases of a sum, or a row of it
   * @throws dunlin.boards.Refusal naming the node that such blocks have not
   */
  EncoderBlocks below(Traced last) {
    List<EncoderLayer> layers = new ArrayList<>();
    Traced stream = last;
    do {
      Gains norm = parts.gains(stream);
      Residual widened = graph.widened(Traced.of(stream.source()));
      layers.add(0, layer(widened, norm));
      stream = graph.inOrder(widened.stream());
    } while (graph.isWidened(stream.source()));
    return new EncoderBlocks(NormPlacement.POST, stream, layers, Optional.empty());
  }

  /**
   * A block.
   *
   * @param widened the stream, and the way back to it
   */
  private EncoderLayer layer(Residual widened, Gains norm) {
    List<Hidden> hidden = new ArrayList<>();
    Traced inner = graph.inOrder(widened.branch().input());
    do {
      Residual feedForward = graph.feedForward(Traced.of(inner.source()));
      Layer up = parts.up(feedForward);
      parts.expectSame(up.input(), feedForward.stream());
      hidden.add(0, new Hidden(up, feedForward.branch(), parts.gains(inner)));
      inner = graph.inOrder(feedForward.stream());
    } while (graph.isFeedForward(inner.source()));
    Residual attention = graph.attention(Traced.of(inner.source()));
    SelfAttention heads = parts.attention(attention);
    parts.expectSame(heads.valueInput(), widened.stream());
    int last = hidden.size() - 1;
    return new EncoderLayer(
        parts.gains(inner),
        heads,
        attention.branch(),
        hidden.get(last),
        Optional.of(
            new Narrow(
                bottleneck(attention.stream(), widened.stream()),
                bottleneck(heads.queryInput(), widened.stream()),
                List.copyOf(hidden.subList(0, last)),
                new Scaled(widened.branch(), norm))));
  }

  /** A way out of the stream: a linear layer, gains, biases. */
  private Scaled bottleneck(Traced value, Traced stream) {
    Source source = graph.expect(graph.inOrder(value), Operation.LINEAR);
    parts.expectSame(source.traced(0), stream);
    double[] none = new double[source.constant(1).dims()[1]];
    return new Scaled(new Layer(source, none), parts.gains(value));
  }
}
