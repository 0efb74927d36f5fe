package dunlin.host.checkpoint.onnx;

import static dunlin.host.checkpoint.onnx.GraphWriter.attribute;
import static dunlin.host.checkpoint.onnx.GraphWriter.decimal;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dunlin.host.model.FloatModel;
import dunlin.host.model.FloatModel.Block;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.Matrix;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Llama as an ONNX graph, spelt as PyTorch's exporters spell different programs. */
public final class LlamaGraph {
  /** How a graph is spelt. */
  public enum Spelling {
    /**
     * transformers, any length: rotary embedding by halves with angles of positions, RMSNorm in
     * seven nodes, keys repeated by Expand, the mask by Where.
     */
    TRANSFORMERS,
    /**
     * Meta's, of eight tokens: neighbouring pairs turned by a stored table, one weight for queries,
     * keys and values, RMSNorm as one node, a stored mask.
     */
    META,
    /** Transformers with weights in a file of their own, Gemm, and logits of the last token. */
    LAST_TOKEN
  }

  /** Tokens of {@link Spelling#META}. */
  public static final int FIXED = 8;

  private final FloatModel model;
  private final LlamaConfig config;
  private final Spelling spelling;
  private final GraphWriter graph = new GraphWriter(17);
  private String length;
  private String mask;
  private String cosines;
  private String sines;

  private LlamaGraph(FloatModel model, Spelling spelling) {
    this.model = model;
    this.config = model.config();
    this.spelling = spelling;
  }

  /** Writes {@code model}: input_ids to logits. */
  public static Path write(FloatModel model, Spelling spelling, Path file) {
    return new LlamaGraph(model, spelling).graph().write(file);
  }

  private boolean meta() {
    return spelling == Spelling.META;
  }

  private GraphWriter graph() {
    if (spelling == Spelling.LAST_TOKEN) {
      graph.external();
    }
    Object tokens = meta() ? Integer.valueOf(FIXED) : "sequence";
    String ids = graph.input("input_ids", DataType.INT64, meta() ? 1 : "batch", tokens);
    String table = graph.matrix(model.embedding());
    String x = graph.node("Gather", table, ids);
    if (meta()) {
      storedTables();
    } else {
      length = graph.node("Gather", graph.node("Shape", ids), graph.integer(1));
      computedTables();
    }
    for (Block block : model.layers()) {
      x = graph.node("Add", x, attention(block, norm(x, block.attentionNorm())));
      x = graph.node("Add", x, feedForward(block, norm(x, block.feedForwardNorm())));
    }
    x = norm(x, model.finalNorm());
    if (spelling == Spelling.LAST_TOKEN) {
      x =
          graph.node(
              "Slice", x, graph.integers(-1), graph.integers(Long.MAX_VALUE), graph.integers(1));
    }
    String head =
        model.tied()
            ? graph.node("Transpose", List.of(table), attribute("perm", 1, 0))
            : graph.transposed(model.head());
    graph.output(graph.node("MatMul", x, head), 1, tokens, config.vocabulary());
    return graph;
  }

  private String norm(String x, Matrix gain) {
    String weight = graph.vector(gain);
    if (meta()) {
      return graph.node(
          "SimplifiedLayerNormalization",
          List.of(x, weight),
          attribute("axis", -1),
          decimal("epsilon", (float) config.normEpsilon()));
    }
    String square = graph.node("Pow", x, graph.number(2));
    String mean =
        graph.node("ReduceMean", List.of(square), attribute("axes", -1), attribute("keepdims", 1));
    String root = graph.node("Sqrt", graph.node("Add", mean, graph.number(config.normEpsilon())));
    String scaled =
        spelling == Spelling.LAST_TOKEN
            ? graph.node("Div", x, root)
            : graph.node("Mul", x, graph.node("Div", graph.number(1), root));
    return graph.node("Mul", weight, scaled);
  }

  private String linear(String x, Matrix weight) {
    if (spelling == Spelling.LAST_TOKEN) { // flat rows, and back
      String flat = graph.node("Reshape", x, graph.integers(-1, weight.columns()));
      String made = graph.node("Gemm", List.of(flat, graph.matrix(weight)), attribute("transB", 1));
      String to =
          graph.node(
              "Concat",
              List.of(
                  graph.integers(1),
                  graph.node("Unsqueeze", length, graph.integers(0)),
                  graph.integers(weight.rows())),
              attribute("axis", 0));
      return graph.node("Reshape", made, to);
    }
    return graph.node("MatMul", x, graph.transposed(weight));
  }

  private String feedForward(Block block, String x) {
    String gate = linear(x, block.gate());
    String silu = graph.node("Mul", gate, graph.node("Sigmoid", gate));
    return linear(graph.node("Mul", silu, linear(x, block.up())), block.down());
  }

  private String attention(Block block, String x) {
    int size = config.headSize();
    String[] qkv = meta() ? fused(block, x) : apart(block, x);
    String q = turned(heads(qkv[0], config.heads()), config.heads());
    String k = repeated(turned(heads(qkv[1], config.kvHeads()), config.kvHeads()));
    String v = repeated(heads(qkv[2], config.kvHeads()));
    String keys = graph.node("Transpose", List.of(k), attribute("perm", 0, 1, 3, 2));
    String scores;
    if (meta()) { // as scaled_dot_product_attention is exported
      String root = graph.number(Math.sqrt(1 / Math.sqrt(size)));
      scores = graph.node("MatMul", graph.node("Mul", q, root), graph.node("Mul", keys, root));
      scores = graph.node("Add", scores, mask);
    } else {
      scores = graph.node("Div", graph.node("MatMul", q, keys), graph.number(Math.sqrt(size)));
      scores = graph.node("Where", mask, scores, graph.number(-Float.MAX_VALUE));
    }
    String weights = graph.node("Softmax", List.of(scores), attribute("axis", -1));
    String context =
        graph.node(
            "Transpose", List.of(graph.node("MatMul", weights, v)), attribute("perm", 0, 2, 1, 3));
    String joined =
        graph.node("Reshape", context, graph.integers(0, 0, (long) config.heads() * size));
    return linear(joined, block.output());
  }

  private String[] apart(Block block, String x) {
    return new String[] {
      linear(x, halves(block.query())), linear(x, halves(block.key())), linear(x, block.value())
    };
  }

  private String[] fused(Block block, String x) {
    int columns = config.dim();
    List<Matrix> parts = List.of(block.query(), block.key(), block.value());
    int rows = parts.stream().mapToInt(Matrix::rows).sum();
    float[] values = new float[rows * columns];
    int at = 0;
    for (Matrix part : parts) {
      System.arraycopy(part.values(), 0, values, at, part.values().length);
      at += part.values().length;
    }
    Matrix whole = new Matrix(block.query().name() + ".qkv", rows, columns, values);
    long[] split = parts.stream().mapToLong(Matrix::rows).toArray();
    return graph
        .nodes("Split", 3, List.of(linear(x, whole), graph.integers(split)), attribute("axis", 2))
        .toArray(String[]::new);
  }

  /** Tokens × heads·size to heads × tokens × size. */
  private String heads(String x, int heads) {
    String apart = graph.node("Reshape", x, graph.integers(0, 0, heads, config.headSize()));
    return graph.node("Transpose", List.of(apart), attribute("perm", 0, 2, 1, 3));
  }

  /** Each head of keys and values for all queries of its group. */
  private String repeated(String x) {
    int each = config.heads() / config.kvHeads();
    String five = graph.node("Unsqueeze", x, graph.integers(2));
    String many =
        graph.node("Expand", five, graph.integers(1, config.kvHeads(), each, 1, config.headSize()));
    String tokens =
        meta() ? graph.integers(FIXED) : graph.node("Unsqueeze", length, graph.integers(0));
    String to =
        graph.node(
            "Concat",
            List.of(graph.integers(1, config.heads()), tokens, graph.integers(config.headSize())),
            attribute("axis", 0));
    return graph.node("Reshape", many, to);
  }

  private String turned(String x, int heads) {
    return meta() ? pairsTurned(x, heads) : halvesTurned(x);
  }

  /** x·cos + rotate_half(x)·sin. */
  private String halvesTurned(String x) {
    String size = graph.node("Gather", graph.node("Shape", x), graph.integer(3));
    String half = graph.node("Div", size, graph.integer(2));
    String middle = graph.node("Unsqueeze", half, graph.integers(0));
    String axis = graph.integers(3);
    String first = graph.node("Slice", x, graph.integers(0), middle, axis);
    String second = graph.node("Slice", x, middle, graph.integers(Long.MAX_VALUE), axis);
    String rotated =
        graph.node("Concat", List.of(graph.node("Neg", second), first), attribute("axis", -1));
    return graph.node("Add", graph.node("Mul", x, cosines), graph.node("Mul", rotated, sines));
  }

  /** (a·cos − b·sin, a·sin + b·cos) of neighbours a and b. */
  private String pairsTurned(String x, int heads) {
    int half = config.headSize() / 2;
    String pairs = graph.node("Reshape", x, graph.integers(1, heads, FIXED, half, 2));
    List<String> split =
        graph.nodes("Split", 2, List.of(pairs, graph.integers(1, 1)), attribute("axis", -1));
    String a = graph.node("Squeeze", split.get(0), graph.integers(-1));
    String b = graph.node("Squeeze", split.get(1), graph.integers(4));
    String first = graph.node("Sub", graph.node("Mul", a, cosines), graph.node("Mul", b, sines));
    String second = graph.node("Add", graph.node("Mul", a, sines), graph.node("Mul", b, cosines));
    String both =
        graph.node(
            "Concat",
            List.of(
                graph.node("Unsqueeze", first, graph.integers(4)),
                graph.node("Unsqueeze", second, graph.integers(4))),
            attribute("axis", 4));
    return graph.node("Reshape", both, graph.integers(1, heads, FIXED, config.headSize()));
  }

  /** Angles of a table of more positions than are used, and a mask of as many. */
  private void storedTables() {
    int half = config.headSize() / 2;
    int positions = 2 * FIXED;
    float[] cos = new float[positions * half];
    float[] sin = new float[positions * half];
    float[] mask = new float[positions * positions];
    for (int i = 0; i < cos.length; i++) {
      int position = i / half;
      double angle = position * Math.pow(config.ropeTheta(), -(double) (i % half) / half);
      cos[i] = (float) Math.cos(angle);
      sin[i] = (float) Math.sin(angle);
    }
    for (int i = 0; i < mask.length; i++) {
      mask[i] = i % positions > i / positions ? Float.NEGATIVE_INFINITY : 0;
    }
    String starts = graph.integers(0);
    String ends = graph.integers(FIXED);
    cosines = graph.node("Slice", graph.floats("freqs_cos", cos, positions, half), starts, ends);
    sines = graph.node("Slice", graph.floats("freqs_sin", sin, positions, half), starts, ends);
    this.mask =
        graph.node(
            "Slice",
            graph.floats("mask", mask, 1, 1, positions, positions),
            graph.integers(0, 0),
            graph.integers(FIXED, FIXED),
            graph.integers(2, 3));
  }

  /** Angles from positions, which come from the length; so does the mask. */
  private void computedTables() {
    int half = config.headSize() / 2;
    float[] frequencies = new float[half];
    for (int i = 0; i < half; i++) {
      frequencies[i] = (float) Math.pow(config.ropeTheta(), -(double) i / half);
    }
    String range = graph.node("Range", graph.integer(0), length, graph.integer(1));
    String positions =
        graph.node(
            "Cast",
            List.of(graph.node("Unsqueeze", range, graph.integers(0, 1))),
            attribute("to", DataType.FLOAT.getNumber()));
    String angles =
        graph.node(
            "MatMul", graph.floats("inv_freq", frequencies, 1, half, 1), positions); // 1 × P/2 × S
    String turned = graph.node("Transpose", List.of(angles), attribute("perm", 0, 2, 1));
    String both = graph.node("Concat", List.of(turned, turned), attribute("axis", -1));
    cosines = graph.node("Unsqueeze", graph.node("Cos", both), graph.integers(1));
    sines = graph.node("Unsqueeze", graph.node("Sin", both), graph.integers(1));
    String rows = graph.node("Unsqueeze", range, graph.integers(1));
    String columns = graph.node("Unsqueeze", range, graph.integers(0));
    mask = graph.node("LessOrEqual", columns, rows);
  }

  /** Neighbouring pairs to halves: what transformers expects. */
  private Matrix halves(Matrix pairs) {
    List<Float> values = new ArrayList<>();
    int size = config.headSize();
    for (int row = 0; row < pairs.rows(); row++) {
      int in = row % size;
      int from = row - in + (in < size / 2 ? 2 * in : 2 * (in - size / 2) + 1);
      for (int column = 0; column < pairs.columns(); column++) {
        values.add(pairs.at(from, column));
      }
    }
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i);
    }
    return new Matrix(pairs.name(), pairs.rows(), pairs.columns(), floats);
  }
}
