package dunlin.host.checkpoint.onnx;

import dunlin.host.checkpoint.onnx.Parts.Layer;
import dunlin.host.checkpoint.onnx.Source.Operation;
import dunlin.host.model.EncoderConfig.Convolution;
import dunlin.host.model.EncoderModel.Linear;
import dunlin.host.model.Nonlinearity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What makes tokens of frames: linear layers, each on one run of frames for each of its rows. A
 * convolution is one, and so are patches that a graph cuts out by moving elements.
 *
 * @param frames T of the graph's input
 * @param channels C of it
 */
record FrontEnd(int frames, int channels, List<Stage> stages) {
  /**
   * One layer.
   *
   * @param order kernel × channels: which input of the layer each is
   */
  record Stage(Layer layer, Convolution convolution, int[] order) {
    Linear linear(String name, Weights weights) throws IOException {
      return new Linear(
          weights.read(name, layer.weight(), Weights.all(layer.outputs()), order),
          Weights.row(name + ".bias", layer.bias()));
    }
  }

  /** How runs of frames lie in what a layer reads. */
  private record Runs(int kernel, int stride, int[] order) {}

  /** What makes {@code tokens}, rows × channels in order. */
  static FrontEnd of(Parts parts, Source tokens) {
    List<Stage> stages = new ArrayList<>();
    Source source = tokens;
    while (!source.is(Operation.INPUT)) {
      Nonlinearity activation = EncoderLayer.activationOf(source);
      Layer layer =
          activation == Nonlinearity.NONE
              ? parts.linear(Traced.of(source))
              : parts.linear(source.traced(0));
      Traced read = layer.input();
      Source before = read.source();
      int[] dims = before.dims();
      int rank = dims.length;
      if (rank < 2) {
        throw parts.refusal(before, "it is neither tokens nor frames of channels");
      }
      Runs runs = runs(read, dims[rank - 2], dims[rank - 1], true);
      boolean columns = runs == null && before.is(Operation.INPUT);
      if (columns) {
        runs = runs(read, dims[rank - 1], dims[rank - 2], false);
      }
      if (runs == null) {
        throw parts.refusal(layer.source(), "its rows are not runs of frames");
      }
      Convolution convolution =
          new Convolution(runs.kernel(), runs.stride(), layer.outputs(), activation);
      stages.add(0, new Stage(layer, convolution, runs.order()));
      if (before.is(Operation.INPUT)) {
        return columns
            ? new FrontEnd(dims[rank - 1], dims[rank - 2], stages)
            : new FrontEnd(dims[rank - 2], dims[rank - 1], stages);
      }
      source = before;
    }
    throw parts.refusal(source, "no layer stands between the features and the blocks");
  }

  /**
   * The runs that a layer reads, row by row; null if they are none.
   *
   * @param byFrame whether a frame's channels lie side by side, rather than a channel's frames
   */
  private static Runs runs(Traced read, int frames, int channels, boolean byFrame) {
    int inputs = read.dims()[read.dims().length - 1];
    int rows = inputs == 0 ? 0 : read.size() / inputs;
    if (rows == 0
        || inputs % channels != 0
        || Layout.size(read.source().dims()) != frames * channels) {
      return null;
    }
    int[] order = new int[inputs];
    int stride = inputs / channels;
    for (int row = 0; row < rows; row++) {
      int start = frames;
      for (int i = 0; i < inputs; i++) {
        int index = read.index(row * inputs + i, 0);
        start = Math.min(start, byFrame ? index / channels : index % frames);
      }
      stride = row == 1 ? start : stride;
      for (int i = 0; i < inputs; i++) {
        int element = row * inputs + i;
        int index = read.index(element, 0);
        int frame = byFrame ? index / channels : index % frames;
        int channel = byFrame ? index % channels : index / frames;
        int place = (frame - start) * channels + channel;
        boolean holds =
            read.terms() == 1
                && index >= 0
                && Tolerance.near(read.factor(element, 0), 1)
                && read.offset(element) == 0
                && start == row * stride
                && place < inputs
                && (row == 0 || order[place] == i);
        if (!holds) {
          return null;
        }
        order[place] = i;
      }
    }
    return stride < 1 || !isOrder(order) ? null : new Runs(inputs / channels, stride, order);
  }

  private static boolean isOrder(int[] order) {
    boolean[] seen = new boolean[order.length];
    for (int place : order) {
      seen[place] = true;
    }
    for (boolean each : seen) {
      if (!each) {
        return false;
      }
    }
    return true;
  }
}
