package dunlin.host;

import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.Bottleneck;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.EncoderConfig.Words;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.Nonlinearity;
import dunlin.host.model.RandomEncoder;
import dunlin.host.model.TokenSequence;
import dunlin.host.quantise.EncoderCalibration;
import dunlin.host.quantise.EncoderQuantiser;
import dunlin.host.quantise.Fusing;
import dunlin.host.quantise.QuantisedEncoder;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random text encoders of shapes that divide by nothing, and texts for them. */
public final class AnyText {
  private AnyText() {}

  private record Width(int dim, Optional<Bottleneck> bottleneck) {}

  private record Heads(int count, int size) {}

  /** Shapes, half of them with bottlenecks. */
  public static Arbitrary<EncoderConfig> configs() {
    Arbitrary<Words> words =
        Combinators.combine(
                Arbitraries.of(5, 23, 64),
                Arbitraries.of(3, 8, 16),
                Arbitraries.of(true, false),
                Arbitraries.of(0, 1, 2))
            .as(Words::new);
    Arbitrary<Bottleneck> bottlenecks =
        Combinators.combine(Arbitraries.of(3, 8, 12, 17), Arbitraries.of(1, 2, 4))
            .as(Bottleneck::new);
    Arbitrary<Width> widths =
        Combinators.combine(Arbitraries.of(8, 16, 20, 33), bottlenecks.optional(0.5))
            .as(Width::new);
    Arbitrary<Heads> heads =
        Combinators.combine(Arbitraries.of(1, 2, 3, 8), Arbitraries.of(1, 2, 5, 16)).as(Heads::new);
    return Combinators.combine(
            Arbitraries.integers().between(1, 20),
            words,
            widths,
            Arbitraries.of(1, 3, 16, 43),
            Arbitraries.integers().between(1, 3),
            heads,
            Arbitraries.of(Pooling.FIRST_TOKEN, Pooling.EVERY_TOKEN))
        .as(AnyText::config);
  }

  private static EncoderConfig config(
      int positions,
      Words words,
      Width width,
      int hidden,
      int layers,
      Heads heads,
      Pooling pooling) {
    return EncoderConfig.ofText(
        positions,
        words,
        width.dim(),
        hidden,
        layers,
        heads.count(),
        heads.size(),
        width.bottleneck(),
        width.bottleneck().isPresent() ? Nonlinearity.RELU : Nonlinearity.GELU_ERF,
        pooling,
        1e-12,
        List.of("start", "end", "none"));
  }

  /** Random models. */
  public static Arbitrary<EncoderModel> models() {
    return Combinators.combine(configs(), Arbitraries.longs())
        .as((config, seed) -> RandomEncoder.of("random", config, seed));
  }

  /** A text of so many random tokens. */
  public static TokenSequence text(EncoderConfig config, int length, long seed) {
    Random random = new Random(seed);
    Words words = config.words().orElseThrow();
    int[] tokens = random.ints(length, 0, words.vocabulary()).toArray();
    int[] types = random.ints(length, 0, Math.max(words.types(), 1)).toArray();
    return new TokenSequence("random " + seed, tokens, types);
  }

  /** Calibrated on a few random texts. */
  public static QuantisedEncoder quantise(EncoderModel model) {
    int most = model.config().context();
    List<TokenSequence> texts =
        IntStream.range(0, 6)
            .mapToObj(seed -> text(model.config(), 1 + (most - 1) * seed / 5, seed))
            .toList();
    EncoderCalibration calibration = EncoderCalibration.measure(model, texts, done -> {});
    return EncoderQuantiser.quantise(model, calibration, Fusing.NEVER);
  }
}
