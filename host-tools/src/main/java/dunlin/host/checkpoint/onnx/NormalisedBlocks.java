package dunlin.host.checkpoint.onnx;

import dunlin.host.checkpoint.onnx.EncoderLayer.Hidden;
import dunlin.host.checkpoint.onnx.Parts.Layer;
import dunlin.host.checkpoint.onnx.Parts.Residual;
import dunlin.host.checkpoint.onnx.Source.Operation;
import dunlin.host.model.EncoderConfig.NormPlacement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Blocks with LayerNorm before or behind each half, taken apart from the last to the first. */
final class NormalisedBlocks {
  private final EncoderParts parts;
  private final Parts graph;
  private final List<EncoderLayer> layers = new ArrayList<>();

  NormalisedBlocks(EncoderParts parts, Parts graph) {
    this.parts = parts;
    this.graph = graph;
  }

  /**
   * The blocks below {@code last}.
   *
   * @param last a norm's result, or a row of it
   * @throws dunlin.boards.Refusal naming the node that such blocks have not
   */
  EncoderBlocks below(Traced last) {
    Gains norm = parts.gains(last);
    Traced sum = Traced.of(graph.unscaled(parts.normalised(last)).source());
    boolean post = graph.feedForward(sum).stream().source().is(Operation.LAYER_NORM);
    return post
        ? new EncoderBlocks(NormPlacement.POST, post(norm, sum), layers, Optional.empty())
        : new EncoderBlocks(NormPlacement.PRE, pre(sum), layers, Optional.of(norm));
  }

  /** norm(x + f(x)), from the last sum to what the first block reads. */
  private Traced post(Gains last, Traced lastSum) {
    Gains norm = last;
    Traced sum = lastSum;
    while (true) {
      Residual feedForward = graph.feedForward(sum);
      Traced attended = graph.inOrder(feedForward.stream());
      Residual attention = graph.attention(parts.normalised(attended));
      Traced input = attention.stream();
      add(attention, parts.gains(attended), input, feedForward, norm, attended);
      if (!input.source().is(Operation.LAYER_NORM)
          || !graph.isFeedForward(input.source().traced(0).source())) {
        return input;
      }
      norm = parts.gains(graph.inOrder(input));
      sum = parts.normalised(input);
    }
  }

  /** x + f(norm(x)), from the last sum to what the first block reads. */
  private Traced pre(Traced last) {
    Traced stream = last;
    while (stream.source().is(Operation.SUM)) {
      Residual feedForward = graph.feedForward(stream);
      Residual attention = graph.attention(feedForward.stream());
      Traced up = graph.inOrder(parts.up(feedForward).input());
      Traced attended = graph.inOrder(parts.attention(attention).queryInput());
      parts.expectSame(parts.normalised(up), feedForward.stream());
      parts.expectSame(parts.normalised(attended), attention.stream());
      add(attention, parts.gains(attended), attended, feedForward, parts.gains(up), up);
      stream = attention.stream();
    }
    return stream;
  }

  /**
   * A block.
   *
   * @param attended what attention must read
   * @param read what the feed-forward must read
   */
  private void add(
      Residual attention,
      Gains attentionNorm,
      Traced attended,
      Residual feedForward,
      Gains feedForwardNorm,
      Traced read) {
    SelfAttention heads = parts.attention(attention);
    parts.expectSame(heads.queryInput(), attended);
    parts.expectSame(heads.valueInput(), attended);
    Layer up = parts.up(feedForward);
    parts.expectSame(up.input(), read);
    Hidden hidden = new Hidden(up, feedForward.branch(), feedForwardNorm);
    layers.add(
        0, new EncoderLayer(attentionNorm, heads, attention.branch(), hidden, Optional.empty()));
  }
}
