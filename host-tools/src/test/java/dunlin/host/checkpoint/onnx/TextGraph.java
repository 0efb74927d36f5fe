package dunlin.host.checkpoint.onnx;

import static dunlin.host.checkpoint.onnx.GraphWriter.attribute;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.EncoderModel.Block;
import dunlin.host.model.EncoderModel.Bottleneck;
import dunlin.host.model.EncoderModel.FeedForward;
import dunlin.host.model.EncoderModel.Norm;
import dunlin.host.model.EncoderModel.Words;
import dunlin.host.model.Nonlinearity;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** A BERT or a MobileBERT as an ONNX graph, spelt as PyTorch's exporters spell transformers'. */
public final class TextGraph {
  /** How a graph is spelt. */
  public enum Spelling {
    /**
     * By tracing, opset 13: norms in nine nodes, shapes, pads and positions computed, the mask as
     * (1 − mask) · −3.4e38.
     */
    TRACED(13),
    /** By torch.export, opset 20: LayerNormalization, Gelu, and the mask by GatherND and Where. */
    EXPORTED(20),
    /** Tokens only, eight of them: no mask, and types that are all 0. */
    ALONE(17);

    private final int opset;

    Spelling(int opset) {
      this.opset = opset;
    }
  }

  /** Tokens of {@link Spelling#ALONE}. */
  public static final int FIXED = 8;

  private final GraphWriter graph;
  private final EncoderNodes nodes;
  private final EncoderModel model;
  private final Spelling spelling;
  private final String ids;

  private TextGraph(EncoderModel model, Spelling spelling) {
    graph = new GraphWriter(spelling.opset);
    nodes = new EncoderNodes(graph, model.config(), spelling == Spelling.TRACED);
    this.model = model;
    this.spelling = spelling;
    ids = input("input_ids");
  }

  /** Writes {@code model}: input_ids, attention_mask and token_type_ids to logits. */
  public static Path write(EncoderModel model, Spelling spelling, Path file) {
    return new TextGraph(model, spelling).graph().write(file);
  }

  /** MobileBERT as it was published, but for its vocabulary and its layers. */
  public static EncoderConfig mobileBert(int vocabulary, int layers) {
    return EncoderConfig.ofText(
        512,
        new EncoderConfig.Words(vocabulary, 128, true, 2),
        512,
        512,
        layers,
        4,
        32,
        Optional.of(new EncoderConfig.Bottleneck(128, 4)),
        Nonlinearity.RELU,
        Pooling.EVERY_TOKEN,
        1e-12,
        EncoderConfig.SPANS);
  }

  private GraphWriter graph() {
    String mask = mask();
    String x = nodes.norm(model.words().orElseThrow().norm(), embedded());
    for (Block block : model.layers()) {
      x =
          block.bottleneck().isPresent()
              ? narrow(block, block.bottleneck().get(), x, mask)
              : wide(block, x, mask);
    }
    if (nodes.config().pooling() == Pooling.EVERY_TOKEN) {
      spans(nodes.linear(model.head(), x));
    } else {
      String first = graph.node("Gather", List.of(x, graph.integer(0)), attribute("axis", 1));
      String pooled =
          model.pooler().map(pooler -> graph.node("Tanh", nodes.gemm(pooler, first))).orElse(first);
      graph.output(nodes.gemm(model.head(), pooled), 1, nodes.config().labels().size());
    }
    return graph;
  }

  private String input(String name) {
    return spelling == Spelling.ALONE
        ? graph.input(name, DataType.INT64, 1, FIXED)
        : graph.input(name, DataType.INT64, "batch_size", "sequence_length");
  }

  /** What is added to scores; null for nothing. */
  private String mask() {
    return switch (spelling) {
      case TRACED -> {
        String mask = graph.node("Unsqueeze", input("attention_mask"), graph.integers(1));
        String all = graph.node("Unsqueeze", mask, graph.integers(2));
        String floats = graph.node("Cast", List.of(all), attribute("to", 1));
        String none = graph.node("Sub", graph.number(1), floats);
        yield graph.node("Mul", none, graph.number(-Float.MAX_VALUE));
      }
      case EXPORTED -> {
        String mask = graph.node("Cast", List.of(input("attention_mask")), attribute("to", 9));
        String range = graph.node("Range", graph.integer(0), length(), graph.integer(1));
        String keys = graph.node("Unsqueeze", range, graph.integers(0, 1, 2));
        String batch = graph.node("Expand", graph.integer(0), graph.node("Shape", keys));
        String points =
            graph.node(
                "Concat",
                List.of(
                    graph.node("Unsqueeze", batch, graph.integers(-1)),
                    graph.node("Unsqueeze", keys, graph.integers(-1))),
                attribute("axis", -1));
        String inside = graph.node("GreaterOrEqual", keys, graph.integer(0));
        String read = graph.node("And", inside, graph.node("GatherND", mask, points));
        yield graph.node("Where", read, graph.number(0), graph.number(Double.NEGATIVE_INFINITY));
      }
      case ALONE -> null;
    };
  }

  /** Words, their neighbours where they are read, types, and positions. */
  private String embedded() {
    Words words = model.words().orElseThrow();
    String rows = graph.node("Gather", graph.matrix(words.embedding()), ids);
    String read = nodes.config().words().orElseThrow().trigrams() ? trigrams(rows) : rows;
    String x = words.projection().map(layer -> nodes.linear(layer, read)).orElse(read);
    String types = graph.node("Gather", graph.matrix(words.types()), types());
    String positions = graph.node("Gather", graph.matrix(model.positions()), positions());
    return spelling == Spelling.TRACED
        ? graph.node("Add", graph.node("Add", x, positions), types)
        : graph.node("Add", graph.node("Add", x, types), positions);
  }

  private String positions() {
    String all = graph.integers(LongStream.range(0, nodes.config().context()).toArray());
    String ends = graph.node("Unsqueeze", length(), graph.integers(0));
    String some = graph.node("Slice", all, graph.integers(0), ends);
    return graph.node("Unsqueeze", some, graph.integers(0));
  }

  private String length() {
    return graph.node("Gather", graph.node("Shape", ids), graph.integer(1));
  }

  private String types() {
    if (spelling != Spelling.ALONE) {
      return input("token_type_ids");
    }
    String zeros =
        graph.node("Expand", graph.integer(0), graph.integers(1, nodes.config().context()));
    return graph.node("GatherElements", List.of(zeros, positions()), attribute("axis", 1));
  }

  /** The next token's row, its own, the one before; zeros outside. */
  private String trigrams(String x) {
    String axis = graph.integers(1);
    String next = graph.node("Slice", x, graph.integers(1), graph.integers(Long.MAX_VALUE), axis);
    String before = graph.node("Slice", x, graph.integers(0), graph.integers(-1), axis);
    return graph.node(
        "Concat",
        List.of(
            graph.node("Pad", next, pads(0, 0, 0, 1, 0, 0)),
            x,
            graph.node("Pad", before, pads(0, 0, 1, 0, 0, 0))),
        attribute("axis", 2));
  }

  /**
   * Pads for each extent in front, then behind.
   *
   * @param pads PyTorch's: before and behind, from the last extent to the first
   */
  private String pads(long... pads) {
    if (spelling != Spelling.TRACED) {
      return graph.integers(pads[4], pads[2], pads[0], pads[5], pads[3], pads[1]);
    }
    String pairs = graph.node("Reshape", graph.integers(pads), graph.integers(-1, 2));
    String back =
        graph.node(
            "Slice",
            pairs,
            graph.integers(-1),
            graph.integers(-Long.MAX_VALUE),
            graph.integers(0),
            graph.integers(-1));
    String turned = graph.node("Transpose", List.of(back), attribute("perm", 1, 0));
    return graph.node("Reshape", turned, graph.integers(-1));
  }

  private String wide(Block block, String x, String mask) {
    String attended = sum(nodes.attention(block, x, x, mask), x, block.attentionNorm());
    return sum(nodes.feedForward(block, attended), attended, block.feedForwardNorm());
  }

  private String sum(String added, String to, Norm norm) {
    return nodes.norm(norm, graph.node("Add", added, to));
  }

  private String narrow(Block block, Bottleneck narrow, String x, String mask) {
    String input = nodes.norm(narrow.inputNorm(), nodes.linear(narrow.input(), x));
    String shared = nodes.norm(narrow.sharedNorm(), nodes.linear(narrow.shared(), x));
    String inner = sum(nodes.attention(block, shared, x, mask), input, block.attentionNorm());
    for (FeedForward each : narrow.stack()) {
      inner = sum(nodes.feedForward(each.up(), each.down(), inner), inner, each.norm());
    }
    inner = sum(nodes.feedForward(block, inner), inner, block.feedForwardNorm());
    return sum(nodes.linear(narrow.output(), inner), x, narrow.outputNorm());
  }

  /** An output for each label. */
  private void spans(String logits) {
    int labels = nodes.config().labels().size();
    long[] ones = LongStream.generate(() -> 1).limit(labels).toArray();
    List<String> inputs = List.of(logits, graph.integers(ones));
    for (String column : graph.nodes("Split", labels, inputs, attribute("axis", -1))) {
      graph.output(graph.node("Squeeze", column, graph.integers(-1)), 1, "sequence_length");
    }
  }
}
