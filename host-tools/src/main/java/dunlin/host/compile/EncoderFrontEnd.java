package dunlin.host.compile;

import dunlin.firmware.Op;
import dunlin.host.compile.Operand.Constant;
import dunlin.host.compile.Operand.Ram;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.Convolution;
import dunlin.host.quantise.QuantisedEncoder.Activated;
import dunlin.host.quantise.QuantisedEncoder.Frames;
import dunlin.host.quantise.QuantisedModel.Matrix8;

/**
 * Emits an encoder's front end: convolutions over an input that make tokens of it, some rows at a
 * time. A convolution is a linear layer on runs of frames that overlap; none is copied.
 */
final class EncoderFrontEnd {
  private final Frames start;
  private final EncoderConfig config;
  private final LinearOps linears;
  private final EncoderBuffers buffers;
  private final EncoderStream stream;
  private final Tiling tiling;
  private final int layout;

  EncoderFrontEnd(EncoderNode node, Frames start) {
    this.start = start;
    config = node.config();
    linears = node.linears();
    buffers = node.buffers();
    stream = node.stream();
    tiling = node.tiling();
    layout = node.layout();
  }

  /** input [T × C] → tokens, and positions → residual [S × E]. */
  void emit() {
    Ram input = buffers.node.input().orElseThrow();
    int frames = config.frames();
    for (int i = 0; i < start.frontEnd().size(); i++) {
      Convolution convolution = config.frontEnd().get(i);
      int outputs = convolution.outputs(frames);
      Ram output =
          LlamaBuffers.passing("front end " + i + " output", 2L * outputs * convolution.channels());
      convolve(i, convolution, start.frontEnd().get(i), input, output, outputs);
      input = output;
      frames = outputs;
    }
    stream.positions(layout);
    tokens(input);
  }

  /** A convolution and its activation, some rows at a time. */
  private void convolve(
      int index, Convolution convolution, Activated layer, Ram input, Ram output, int outputs) {
    String name = "front end " + index;
    int channels = convolution.channels();
    Constant weights = linears.weights(layer.matrix());
    Constant table = Constants.affine(name + " table", layer.table());
    Ram sums = buffers.tile(name, channels);
    for (int first = 0; first < outputs; first += tiling.rows()) {
      int rows = Math.min(tiling.rows(), outputs - first);
      frames(index, convolution, weights, layer.matrix(), input, first, rows)
          .with(Op.Linear.OUTPUT, sums);
      stream
          .activate(layer, convolution.activation(), table, sums, channels, -rows)
          .with(Op.Activate.OUTPUT, output, 2 * first * channels);
    }
  }

  /** A linear layer on runs of frames that overlap; its output is still to be named. */
  private Program.Step frames(
      int index,
      Convolution convolution,
      Constant weights,
      Matrix8 shape,
      Ram input,
      int first,
      int rows) {
    int stride = 2 * convolution.stride() * config.inputChannels(index);
    Ram scratch = buffers.expanded("front end " + index, shape);
    return linears
        .linear(input, 16, weights, shape, buffers.residual, scratch, -rows)
        .with(Op.Linear.INPUT, input, first * stride)
        .with(Op.Linear.STRIDE, stride);
  }

  /** The last convolution, into the stream. */
  private void tokens(Ram input) {
    int last = config.frontEnd().size() - 1;
    Matrix8 matrix = start.tokens().sum().matrix();
    Constant weights = linears.weights(matrix);
    EncoderStream.AddTables tables = EncoderStream.addTables("front end " + last, start.tokens());
    Ram sums = buffers.tile("front end " + last, config.dim());
    for (int first = 0; first < config.tokens(); first += tiling.rows()) {
      int rows = Math.min(tiling.rows(), config.tokens() - first);
      frames(last, config.frontEnd().get(last), weights, matrix, input, first, rows)
          .with(Op.Linear.OUTPUT, sums);
      stream
          .add(sums, start.tokens(), tables, -rows)
          .with(Op.Add.OUTPUT, buffers.residual, 4 * first * config.dim());
    }
  }
}
