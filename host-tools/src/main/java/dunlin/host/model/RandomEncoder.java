package dunlin.host.model;

import dunlin.host.model.EncoderConfig.Convolution;
import dunlin.host.model.EncoderConfig.NormPlacement;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.EncoderModel.Block;
import dunlin.host.model.EncoderModel.Linear;
import dunlin.host.model.EncoderModel.Norm;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Seeded random weights for an encoder of any shape, as {@link RandomModel} has them for decoders.
 * Weights are uniform with variance 1/inputs, so activations keep their size from layer to layer;
 * gains lie in 0.8 to 1.2, biases in ±0.1. Positions and class token have half the variance of
 * inputs with variance 1: tokens differ by place and by content.
 */
public final class RandomEncoder {
  private static final float BIAS = 0.1f;
  private static final float GAIN = 0.2f;
  private static final float PLACE = (float) Math.sqrt(3 * 0.5); // uniform with variance 0.5

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
        uniform("positions", config.context(), config.dim(), 0, PLACE),
        config.pooling() == Pooling.CLASS_TOKEN
            ? Optional.of(uniform("class_token", 1, config.dim(), 0, PLACE))
            : Optional.empty(),
        IntStream.range(0, config.layers()).mapToObj(i -> block("layers." + i + ".")).toList(),
        config.norm() == NormPlacement.PRE ? Optional.of(norm("norm")) : Optional.empty(),
        linear("head", config.vocabulary(), config.dim()));
  }

  private Linear convolution(int index) {
    Convolution convolution = config.frontEnd().get(index);
    int inputs = convolution.kernel() * config.inputChannels(index);
    return linear("front_end." + index, convolution.channels(), inputs);
  }

  private Block block(String prefix) {
    int heads = config.heads() * config.headSize();
    return new Block(
        norm(prefix + "attention_norm"),
        linear(prefix + "query", heads, config.dim()),
        linear(prefix + "key", heads, config.dim()),
        linear(prefix + "value", heads, config.dim()),
        linear(prefix + "output", config.dim(), heads),
        norm(prefix + "feed_forward_norm"),
        linear(prefix + "up", config.hidden(), config.dim()),
        linear(prefix + "down", config.dim(), config.hidden()));
  }

  private Linear linear(String name, int outputs, int inputs) {
    float reach = (float) Math.sqrt(3.0 / inputs);
    return new Linear(
        uniform(name + ".weight", outputs, inputs, 0, reach),
        uniform(name + ".bias", 1, outputs, 0, BIAS));
  }

  private Norm norm(String name) {
    return new Norm(
        uniform(name + ".gain", 1, config.dim(), 1, GAIN),
        uniform(name + ".bias", 1, config.dim(), 0, BIAS));
  }

  private Matrix uniform(String name, int rows, int columns, float centre, float reach) {
    return Matrix.uniform(name, rows, columns, centre, reach, random);
  }
}
