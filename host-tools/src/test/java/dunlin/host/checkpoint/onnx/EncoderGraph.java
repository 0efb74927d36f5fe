package dunlin.host.checkpoint.onnx;

import static dunlin.host.checkpoint.onnx.GraphWriter.attribute;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.Convolution;
import dunlin.host.model.EncoderConfig.NormPlacement;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.EncoderModel.Block;
import dunlin.host.model.EncoderModel.Linear;
import dunlin.host.model.EncoderModel.Norm;
import dunlin.host.model.Matrix;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An encoder of frames as an ONNX graph, spelt as PyTorch's exporters spell different programs. */
public final class EncoderGraph {
  /** How a graph is spelt. */
  public enum Spelling {
    /** LayerNormalization, Gelu's parts by Erf or Tanh, MatMul and Add, frames by channels. */
    OPERATORS,
    /** LayerNorm in nine nodes, Gemm, x·x·x, channels by frames with Conv. */
    PARTS
  }

  private final Spelling spelling;
  private final GraphWriter graph = new GraphWriter(17);
  private final EncoderModel model;
  private final EncoderConfig config;
  private final EncoderNodes nodes;

  private EncoderGraph(EncoderModel model, Spelling spelling) {
    this.spelling = spelling;
    this.model = model;
    config = model.config();
    nodes = new EncoderNodes(graph, config, parts());
  }

  /** Writes {@code model}: features to logits. */
  public static Path write(EncoderModel model, Spelling spelling, Path file) {
    return new EncoderGraph(model, spelling).graph().write(file);
  }

  private boolean parts() {
    return spelling == Spelling.PARTS;
  }

  private GraphWriter graph() {
    boolean classToken = config.pooling() == Pooling.CLASS_TOKEN;
    String x = parts() ? convolved() : cut();
    if (classToken) {
      Matrix token = model.classToken().orElseThrow();
      String first = graph.floats(token.name(), token.values(), 1, 1, config.dim());
      x = graph.node("Concat", List.of(first, x), attribute("axis", 1));
    }
    Matrix positions = model.positions();
    x =
        graph.node(
            "Add",
            x,
            graph.floats("pos", positions.values(), 1, positions.rows(), positions.columns()));
    for (Block block : model.layers()) {
      x = residual(x, block.attentionNorm(), input -> nodes.attention(block, input));
      x = residual(x, block.feedForwardNorm(), input -> nodes.feedForward(block, input));
    }
    if (classToken && parts()) {
      x = graph.node("Gather", List.of(x, graph.integer(0)), attribute("axis", 1));
    }
    if (model.finalNorm().isPresent()) {
      x = nodes.norm(model.finalNorm().get(), x);
    }
    if (!classToken) {
      x = graph.node("ReduceMean", List.of(x), attribute("axes", 1), attribute("keepdims", 0));
    } else if (!parts()) {
      String first =
          graph.node("Slice", x, graph.integers(0), graph.integers(1), graph.integers(1));
      x = graph.node("Squeeze", first, graph.integers(1));
    }
    graph.output(head(x), 1, config.labels().size());
    return graph;
  }

  /** Frames × channels; runs by Gather. */
  private String cut() {
    String x = graph.input("features", DataType.FLOAT, 1, config.frames(), config.channels());
    int frames = config.frames();
    for (int i = 0; i < model.frontEnd().size(); i++) {
      Convolution convolution = config.frontEnd().get(i);
      int outputs = convolution.outputs(frames);
      List<String> runs = new ArrayList<>();
      for (int t = 0; t < outputs; t++) {
        int from = t * convolution.stride();
        String run =
            graph.node(
                "Slice",
                x,
                graph.integers(from),
                graph.integers(from + convolution.kernel()),
                graph.integers(1));
        runs.add(graph.node("Reshape", run, graph.integers(1, 1, -1)));
      }
      String all = graph.node("Concat", runs, attribute("axis", 1));
      x = nodes.activated(convolution.activation(), nodes.linear(model.frontEnd().get(i), all));
      frames = outputs;
    }
    return x;
  }

  /** 1 × channels × frames, as spectrograms lie; convolutions. */
  private String convolved() {
    String x = graph.input("features", DataType.FLOAT, 1, 1, config.channels(), config.frames());
    x = graph.node("Squeeze", x, graph.integers(1));
    for (int i = 0; i < model.frontEnd().size(); i++) {
      Convolution convolution = config.frontEnd().get(i);
      Linear layer = model.frontEnd().get(i);
      int channels = config.inputChannels(i);
      float[] weight = new float[layer.weight().values().length];
      for (int j = 0; j < weight.length; j++) { // outputs × channels × kernel
        int kernel = j % convolution.kernel();
        int channel = j / convolution.kernel() % channels;
        int output = j / convolution.kernel() / channels;
        weight[j] = layer.weight().at(output, kernel * channels + channel);
      }
      String made =
          graph.node(
              "Conv",
              List.of(
                  x,
                  graph.floats(
                      layer.weight().name(),
                      weight,
                      convolution.channels(),
                      channels,
                      convolution.kernel()),
                  graph.vector(layer.bias())),
              attribute("kernel_shape", convolution.kernel()),
              attribute("strides", convolution.stride()));
      x = nodes.activated(convolution.activation(), made);
    }
    return graph.node("Transpose", List.of(x), attribute("perm", 0, 2, 1));
  }

  private interface Function {
    String of(String x);
  }

  private String residual(String x, Norm norm, Function function) {
    boolean before = config.norm() == NormPlacement.PRE;
    String sum = graph.node("Add", function.of(before ? nodes.norm(norm, x) : x), x);
    return before ? sum : nodes.norm(norm, sum);
  }

  private String head(String x) {
    return parts()
        ? nodes.gemm(model.head(), graph.node("Reshape", x, graph.integers(1, -1)))
        : nodes.linear(model.head(), x);
  }
}
