package dunlin.host.model;

import dunlin.host.model.EncoderConfig.Convolution;
import dunlin.host.model.EncoderConfig.NormPlacement;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.EncoderModel.Block;
import dunlin.host.model.EncoderModel.Bottleneck;
import dunlin.host.model.EncoderModel.FeedForward;
import dunlin.host.model.EncoderModel.Linear;
import dunlin.host.model.EncoderModel.Norm;
import dunlin.host.model.EncoderModel.Words;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Seeded random weights for an encoder of any shape, as {@link RandomModel} has them for decoders.
 * Weights are uniform with variance 1/inputs, so activations keep their size from layer to layer;
 * gains lie in 0.8 to 1.2, biases in ±0.1. Where nothing normalises, what is added to a stream and
 * the gain behind are smaller. Positions and class token have half the variance of inputs with
 * variance 1: tokens differ by place and by content.
 */
public final class RandomEncoder {
  private static final float BIAS = 0.1f;
  private static final float GAIN = 0.2f;
  private static final float PLACE = (float) Math.sqrt(3 * 0.5); // uniform with variance 0.5
  private static final float WORD = (float) Math.sqrt(3);

  /**
   * Without norms, sums grow, and what attention and ReLU add is much the same for all tokens: what
   * is added is so much smaller, and its sum's gain below 1.
   */
  private static final float ADDED = 0.3f;

  private static final float STEADY = 0.96f;

  private final EncoderConfig config;
  private final Random random;

  private RandomEncoder(EncoderConfig config, long seed) {
    this.config = config;
    this.random = new Random(seed);
  }

  /** The model that {@code seed} stands for: the same floats on every machine. */
  public static EncoderModel of(String name, EncoderConfig config, long seed) {
    return new RandomEncoder(config, seed).model(name);
  }

  private EncoderModel model(String name) {
    return new EncoderModel(
        name,
        config,
        IntStream.range(0, config.frontEnd().size()).mapToObj(this::convolution).toList(),
        config.words().map(this::words),
        uniform("positions", config.context(), config.dim(), 0, PLACE),
        config.pooling() == Pooling.CLASS_TOKEN
            ? Optional.of(uniform("class_token", 1, config.dim(), 0, PLACE))
            : Optional.empty(),
        IntStream.range(0, config.layers()).mapToObj(i -> block("layers." + i + ".")).toList(),
        config.norm() == NormPlacement.PRE
            ? Optional.of(norm("norm", config.dim(), 1))
            : Optional.empty(),
        config.words().isPresent()
                && config.pooling() == Pooling.FIRST_TOKEN
                && config.bottleneck().isEmpty()
            ? Optional.of(linear("pooler", config.dim(), config.dim()))
            : Optional.empty(),
        linear("head", config.labels().size(), config.dim()));
  }

  private Linear convolution(int index) {
    Convolution convolution = config.frontEnd().get(index);
    int inputs = convolution.kernel() * config.inputChannels(index);
    return linear("front_end." + index, convolution.channels(), inputs);
  }

  private Words words(EncoderConfig.Words text) {
    return new Words(
        uniform("words", text.vocabulary(), text.width(), 0, WORD),
        uniform("types", text.types(), config.dim(), 0, PLACE),
        text.projected(config.dim())
            ? Optional.of(linear("word_projection", config.dim(), text.inputs()))
            : Optional.empty(),
        norm("word_norm", config.dim(), 1));
  }

  private Block block(String prefix) {
    int heads = config.heads() * config.headSize();
    int width = config.width();
    return new Block(
        behindSum(prefix + "attention_norm", width),
        linear(prefix + "query", heads, width),
        linear(prefix + "key", heads, width),
        linear(prefix + "value", heads, config.dim()),
        added(prefix + "output", width, heads),
        behindSum(prefix + "feed_forward_norm", width),
        linear(prefix + "up", config.hidden(), width),
        added(prefix + "down", width, config.hidden()),
        config.bottleneck().map(narrow -> bottleneck(prefix, narrow)));
  }

  private Bottleneck bottleneck(String prefix, EncoderConfig.Bottleneck narrow) {
    int width = narrow.width();
    return new Bottleneck(
        linear(prefix + "input", width, config.dim()),
        norm(prefix + "input_norm", width, 1),
        linear(prefix + "shared", width, config.dim()),
        norm(prefix + "shared_norm", width, 1),
        IntStream.range(0, narrow.feedForwards() - 1)
            .mapToObj(i -> feedForward(prefix + "stack." + i + ".", width))
            .toList(),
        added(prefix + "widen", config.dim(), width),
        behindSum(prefix + "widen_norm", config.dim()));
  }

  private FeedForward feedForward(String prefix, int width) {
    return new FeedForward(
        linear(prefix + "up", config.hidden(), width),
        added(prefix + "down", width, config.hidden()),
        behindSum(prefix + "norm", width));
  }

  /** A linear layer whose outputs are added to a stream. */
  private Linear added(String name, int outputs, int inputs) {
    return linear(name, outputs, inputs, config.bottleneck().isPresent() ? ADDED : 1);
  }

  /** The norm behind such a sum. */
  private Norm behindSum(String name, int width) {
    return norm(name, width, config.bottleneck().isPresent() ? STEADY : 1);
  }

  private Linear linear(String name, int outputs, int inputs) {
    return linear(name, outputs, inputs, 1);
  }

  private Linear linear(String name, int outputs, int inputs, float size) {
    float reach = size * (float) Math.sqrt(3.0 / inputs);
    return new Linear(
        uniform(name + ".weight", outputs, inputs, 0, reach),
        uniform(name + ".bias", 1, outputs, 0, BIAS));
  }

  private Norm norm(String name, int width, float gain) {
    return new Norm(
        uniform(name + ".gain", 1, width, gain, GAIN * gain),
        uniform(name + ".bias", 1, width, 0, BIAS));
  }

  private Matrix uniform(String name, int rows, int columns, float centre, float reach) {
    return Matrix.uniform(name, rows, columns, centre, reach, random);
  }
}
