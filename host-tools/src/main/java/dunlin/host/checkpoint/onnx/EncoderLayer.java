package dunlin.host.checkpoint.onnx;

import dunlin.host.checkpoint.onnx.Parts.Layer;
import dunlin.host.model.EncoderModel.Block;
import dunlin.host.model.EncoderModel.Bottleneck;
import dunlin.host.model.EncoderModel.FeedForward;
import dunlin.host.model.EncoderModel.Linear;
import dunlin.host.model.Matrix;
import dunlin.host.model.Nonlinearity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One block of an encoder, as a graph has it.
 *
 * @param last its feed-forward, the last where there are several
 */
record EncoderLayer(
    Gains attentionNorm,
    SelfAttention attention,
    Layer output,
    Hidden last,
    Optional<Narrow> narrow) {

  /** A feed-forward, and the norm before or behind it. */
  record Hidden(Layer up, Layer down, Gains norm) {
    Nonlinearity activation() {
      return activationOf(down.input().source());
    }
  }

  /**
   * What a bottleneck has beside.
   *
   * @param input what attention is added to
   * @param shared what queries and keys read
   * @param stack feed-forwards before the last
   */
  record Narrow(Scaled input, Scaled shared, List<Hidden> stack, Scaled output) {}

  /** A linear layer and the gains of its outputs, or of the sum with them. */
  record Scaled(Layer layer, Gains norm) {}

  /** What an operation is as an activation; NONE for others. */
  static Nonlinearity activationOf(Source source) {
    return switch (source.operation()) {
      case RELU -> Nonlinearity.RELU;
      case GELU_ERF -> Nonlinearity.GELU_ERF;
      case GELU_TANH -> Nonlinearity.GELU_TANH;
      default -> Nonlinearity.NONE;
    };
  }

  /** Feed-forwards, the last among them. */
  int feedForwards() {
    return 1 + narrow.map(narrow -> narrow.stack().size()).orElse(0);
  }

  /**
   * The block, its weights read.
   *
   * @param prefix of its weights' names
   */
  Block block(String prefix, Weights weights) throws IOException {
    Matrix mixed =
        weights.read(
            prefix + "output", output.weight(), Weights.all(output.outputs()), attention.context());
    return new Block(
        attentionNorm.norm(prefix + "attention_norm"),
        heads(prefix + "query", attention.query(), weights),
        heads(prefix + "key", attention.key(), weights),
        heads(prefix + "value", attention.value(), weights),
        new Linear(mixed, Weights.row(prefix + "output.bias", output.bias())),
        last.norm().norm(prefix + "feed_forward_norm"),
        weights.linear(prefix + "up", last.up()),
        weights.linear(prefix + "down", last.down()),
        narrow.isPresent()
            ? Optional.of(bottleneck(narrow.get(), prefix, weights))
            : Optional.empty());
  }

  private static Bottleneck bottleneck(Narrow narrow, String prefix, Weights weights)
      throws IOException {
    List<FeedForward> stack = new ArrayList<>();
    for (Hidden each : narrow.stack()) {
      String name = prefix + "stack." + stack.size() + ".";
      stack.add(
          new FeedForward(
              weights.linear(name + "up", each.up()),
              weights.linear(name + "down", each.down()),
              each.norm().norm(name + "norm")));
    }
    return new Bottleneck(
        weights.linear(prefix + "input", narrow.input().layer()),
        narrow.input().norm().norm(prefix + "input_norm"),
        weights.linear(prefix + "shared", narrow.shared().layer()),
        narrow.shared().norm().norm(prefix + "shared_norm"),
        stack,
        weights.linear(prefix + "widen", narrow.output().layer()),
        narrow.output().norm().norm(prefix + "widen_norm"));
  }

  private static Linear heads(String name, Heads heads, Weights weights) throws IOException {
    Value weight = heads.linear().constant(1);
    return new Linear(
        weights.read(name, weight, heads.columns(), Weights.all(weight.dims()[0])),
        Weights.row(name + ".bias", heads.bias()));
  }
}
