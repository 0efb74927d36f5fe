package dunlin.host.checkpoint.onnx;

import dunlin.host.checkpoint.onnx.Source.Operation;
import dunlin.host.model.EncoderConfig.NormPlacement;
import dunlin.host.model.EncoderConfig.Pooling;
import java.io.IOException;
import java.util.Collection;
import java.util.List;

/** Finds an encoder in a graph, from its logits backwards. */
final class EncoderFinder {
  private final Parts graph;
  private final EncoderParts parts;
  private final Collection<Value> constants;

  /**
   * @param constants of the graph, tables of positions among them
   */
  EncoderFinder(Parts graph, Collection<Value> constants) {
    this.graph = graph;
    this.parts = new EncoderParts(graph);
    this.constants = constants;
  }

  /**
   * The encoder that makes {@code outputs}.
   *
   * @throws dunlin.boards.Refusal naming the node that an encoder has not
   */
  OnnxEncoder find(List<Traced> outputs) throws IOException {
    EncoderHead head = EncoderHead.of(graph, outputs);
    EncoderBlocks blocks =
        head.pooled().source().is(Operation.LAYER_NORM)
            ? new NormalisedBlocks(parts, graph).below(head.pooled())
            : new NarrowBlocks(parts, graph).below(head.pooled());
    return blocks.input().source().uses(Operation.EMBEDDING)
        ? ofWords(blocks, head)
        : ofFrames(blocks, head);
  }

  private OnnxEncoder ofFrames(EncoderBlocks blocks, EncoderHead head) {
    boolean narrow = blocks.layers().get(0).narrow().isPresent();
    if (narrow || head.pooler().isPresent() || head.marksSpans()) {
      throw graph.refusal(
          head.layer().source(), "bottlenecks, a pooler or spans, in a graph that reads no text");
    }
    boolean classToken = head.pooling() == Pooling.FIRST_TOKEN;
    FrameTokens tokens = FrameTokens.of(graph, blocks.input(), classToken);
    Pooling pooling = classToken ? Pooling.CLASS_TOKEN : head.pooling();
    return new OnnxEncoder(tokens, shape(blocks, pooling), blocks, head);
  }

  private OnnxEncoder ofWords(EncoderBlocks blocks, EncoderHead head) throws IOException {
    if (head.pooling() == Pooling.MEAN || blocks.norm() == NormPlacement.PRE) {
      throw graph.refusal(
          head.layer().source(), "a mean of text, or norms before attention, which BERTs have not");
    }
    WordTokens tokens = new WordsFinder(parts, graph, constants).find(blocks.input());
    return new OnnxEncoder(tokens, shape(blocks, head.pooling()), blocks, head);
  }

  private EncoderShape shape(EncoderBlocks blocks, Pooling pooling) {
    return EncoderShape.of(graph, blocks.layers(), blocks.norm(), pooling, parts.epsilon());
  }
}
