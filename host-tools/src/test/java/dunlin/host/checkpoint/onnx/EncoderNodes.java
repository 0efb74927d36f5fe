package dunlin.host.checkpoint.onnx;

import static dunlin.host.checkpoint.onnx.GraphWriter.attribute;
import static dunlin.host.checkpoint.onnx.GraphWriter.decimal;

import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderModel.Block;
import dunlin.host.model.EncoderModel.Linear;
import dunlin.host.model.EncoderModel.Norm;
import dunlin.host.model.Matrix;
import dunlin.host.model.Nonlinearity;
import java.util.List;

/**
 * What encoders' graphs are made of, whatever they read.
 *
 * @param parts whether norms, linear layers and activations are spelt in small parts
 */
record EncoderNodes(GraphWriter graph, EncoderConfig config, boolean parts) {
  private static final int GELU = 20; // the opset that has it

  String norm(Norm norm, String x) {
    if (config.bottleneck().isPresent()) { // NoNorm
      String scaled = graph.node("Mul", x, graph.vector(norm.gain()));
      return graph.node("Add", scaled, graph.vector(norm.bias()));
    }
    if (!parts) {
      return graph.node(
          "LayerNormalization",
          List.of(x, graph.vector(norm.gain()), graph.vector(norm.bias())),
          attribute("axis", -1),
          decimal("epsilon", (float) config.normEpsilon()));
    }
    String centred = graph.node("Sub", x, mean(x));
    String variance = mean(graph.node("Pow", centred, graph.number(2)));
    String root =
        graph.node("Sqrt", graph.node("Add", variance, graph.number(config.normEpsilon())));
    String scaled = graph.node("Mul", graph.node("Div", centred, root), graph.vector(norm.gain()));
    return graph.node("Add", scaled, graph.vector(norm.bias()));
  }

  String mean(String x) {
    return graph.node("ReduceMean", List.of(x), attribute("axes", -1), attribute("keepdims", 1));
  }

  String linear(Linear layer, String x) {
    if (!parts) {
      String product = graph.node("MatMul", x, graph.transposed(layer.weight()));
      return graph.node("Add", graph.vector(layer.bias()), product);
    }
    Matrix w = layer.weight();
    String flat = graph.node("Reshape", x, graph.integers(-1, w.columns()));
    return graph.node("Reshape", gemm(layer, flat), graph.integers(1, -1, w.rows()));
  }

  String gemm(Linear layer, String rows) {
    return graph.node(
        "Gemm",
        List.of(rows, graph.matrix(layer.weight()), graph.vector(layer.bias())),
        attribute("transB", 1));
  }

  String feedForward(Block block, String x) {
    return feedForward(block.up(), block.down(), x);
  }

  String feedForward(Linear up, Linear down, String x) {
    return linear(down, activated(config.activation(), linear(up, x)));
  }

  String activated(Nonlinearity activation, String x) {
    return switch (activation) {
      case NONE -> x;
      case RELU -> graph.node("Relu", x);
      case GELU_ERF -> graph.opset() < GELU ? geluByErf(x) : graph.node("Gelu", x);
      case GELU_TANH -> geluByTanh(x);
      case TANH -> graph.node("Tanh", x);
    };
  }

  String geluByErf(String x) {
    String erf = graph.node("Erf", graph.node("Div", x, graph.number(Math.sqrt(2))));
    String sum = graph.node("Add", erf, graph.number(1));
    return parts
        ? graph.node("Mul", graph.node("Mul", x, graph.number(0.5)), sum)
        : graph.node("Mul", graph.node("Mul", x, sum), graph.number(0.5));
  }

  String geluByTanh(String x) {
    String cube =
        parts
            ? graph.node("Mul", graph.node("Mul", x, x), x)
            : graph.node("Pow", x, graph.number(3));
    String inner = graph.node("Add", x, graph.node("Mul", cube, graph.number(0.044715)));
    String tanh =
        graph.node("Tanh", graph.node("Mul", inner, graph.number(Math.sqrt(2 / Math.PI))));
    String sum = graph.node("Add", graph.number(1), tanh);
    return graph.node("Mul", graph.node("Mul", graph.number(0.5), x), sum);
  }

  String attention(Block block, String x) {
    return attention(block, x, x, null);
  }

  /**
   * Attention.
   *
   * @param shared what queries and keys read
   * @param x what values read
   * @param mask added to the scores; null for none
   */
  String attention(Block block, String shared, String x, String mask) {
    String query = heads(linear(block.query(), shared), 0, 2, 1, 3);
    String key = heads(linear(block.key(), shared), 0, 2, 3, 1);
    String value = heads(linear(block.value(), x), 0, 2, 1, 3);
    double root = Math.sqrt(config.headSize());
    String scores =
        parts
            ? graph.node("MatMul", graph.node("Mul", query, graph.number(1 / root)), key)
            : graph.node("Div", graph.node("MatMul", query, key), graph.number(root));
    String masked = mask == null ? scores : graph.node("Add", scores, mask);
    String weights = graph.node("Softmax", List.of(masked), attribute("axis", parts ? -1 : 3));
    String context = graph.node("MatMul", weights, value);
    String turned = graph.node("Transpose", List.of(context), attribute("perm", 0, 2, 1, 3));
    int inner = config.heads() * config.headSize();
    return linear(block.output(), graph.node("Reshape", turned, graph.integers(1, -1, inner)));
  }

  String heads(String x, long... order) {
    String apart =
        graph.node("Reshape", x, graph.integers(0, 0, config.heads(), config.headSize()));
    return graph.node("Transpose", List.of(apart), attribute("perm", order));
  }
}
