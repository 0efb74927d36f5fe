package dunlin.host;

import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.Bottleneck;
import dunlin.host.model.EncoderConfig.Convolution;
import dunlin.host.model.EncoderConfig.NormPlacement;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.EncoderConfig.Words;
import dunlin.host.model.EncoderInput;
import dunlin.host.model.Features;
import dunlin.host.model.Nonlinearity;
import dunlin.host.model.TokenSequence;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Encoders small enough to be looked at, and clips for them. */
public final class SmallEncoders {
  private SmallEncoders() {}

  /** 9 × 3 features, 4 tokens, 2 layers, 3 heads of 2, 3 labels. */
  public static EncoderConfig config(NormPlacement norm, Pooling pooling) {
    return EncoderConfig.ofFrames(
        9,
        3,
        List.of(
            new Convolution(2, 1, 7, Nonlinearity.RELU),
            new Convolution(2, 2, 5, Nonlinearity.NONE)),
        5,
        11,
        2,
        3,
        2,
        norm,
        Nonlinearity.GELU_ERF,
        pooling,
        1e-6,
        List.of("a", "b", "c"));
  }

  /** At most 9 tokens of 19, 2 layers, 3 heads of 2, 3 labels. */
  public static EncoderConfig text(Pooling pooling) {
    return text(new Words(19, 4, false, 2), Optional.empty(), Nonlinearity.GELU_ERF, pooling);
  }

  /** As {@link #text}, in the manner of MobileBERT: trigrams, 3 channels of 5, 3 feed-forwards. */
  public static EncoderConfig bottlenecks(Pooling pooling) {
    return text(
        new Words(19, 4, true, 2), Optional.of(new Bottleneck(3, 3)), Nonlinearity.RELU, pooling);
  }

  private static EncoderConfig text(
      Words words, Optional<Bottleneck> bottleneck, Nonlinearity activation, Pooling pooling) {
    return EncoderConfig.ofText(
        9, words, 5, 11, 2, 3, 2, bottleneck, activation, pooling, 1e-12, List.of("a", "b", "c"));
  }

  /** Tokens 5·i + 1, the second half of another type. */
  public static TokenSequence tokens(EncoderConfig config, int count) {
    int vocabulary = config.vocabulary();
    return new TokenSequence(
        "tokens",
        IntStream.range(0, count).map(i -> (5 * i + 1) % vocabulary).toArray(),
        IntStream.range(0, count).map(i -> 2 * i < count ? 0 : 1).toArray());
  }

  /** Something for any encoder to read: {@link #sine}, or 16 tokens of text. */
  public static EncoderInput input(EncoderConfig config) {
    return config.words().isPresent() ? tokens(config, 16) : sine(config);
  }

  /** Element i is sin(i / 10). */
  public static Features sine(EncoderConfig config) {
    float[] values = new float[config.frames() * config.channels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(0.1 * i);
    }
    return new Features("sine", config.frames(), config.channels(), values);
  }
}
