package dunlin.host;

import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.Convolution;
import dunlin.host.model.EncoderConfig.NormPlacement;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.Features;
import dunlin.host.model.Nonlinearity;
import dunlin.host.model.RandomEncoder;
import dunlin.host.quantise.EncoderCalibration;
import dunlin.host.quantise.EncoderQuantiser;
import dunlin.host.quantise.Fusing;
import dunlin.host.quantise.QuantisedEncoder;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random encoders of shapes that divide by nothing, and inputs for them. */
public final class AnyEncoder {
  private AnyEncoder() {}

  private record Input(int frames, int channels) {}

  private record Kind(NormPlacement norm, Nonlinearity activation, Pooling pooling) {}

  private record Heads(int count, int size) {}

  /** Shapes; fronts of one or two convolutions that overlap, leave gaps, or do neither. */
  public static Arbitrary<EncoderConfig> configs() {
    Arbitrary<Kind> kinds =
        Combinators.combine(
                Arbitraries.of(NormPlacement.class),
                Arbitraries.of(
                    Nonlinearity.RELU,
                    Nonlinearity.GELU_ERF,
                    Nonlinearity.GELU_TANH,
                    Nonlinearity.TANH),
                Arbitraries.of(Pooling.CLASS_TOKEN, Pooling.MEAN))
            .as(Kind::new);
    Arbitrary<Heads> heads =
        Combinators.combine(Arbitraries.of(1, 2, 3, 8), Arbitraries.of(1, 2, 5, 8, 16))
            .as(Heads::new);
    Arbitrary<Input> inputs =
        Combinators.combine(Arbitraries.integers().between(12, 60), Arbitraries.of(1, 3, 8))
            .as(Input::new);
    Arbitrary<List<Convolution>> first =
        Combinators.combine(
                Arbitraries.of(1, 3, 4),
                Arbitraries.of(1, 2, 5),
                Arbitraries.of(1, 4, 7),
                Arbitraries.of(Nonlinearity.RELU, Nonlinearity.GELU_ERF))
            .as(Convolution::new)
            .list()
            .ofMaxSize(1);
    return Combinators.combine(
            inputs,
            first,
            Arbitraries.of(1, 2),
            Arbitraries.of(2, 4, 7, 16, 20, 33),
            Arbitraries.of(1, 3, 16, 43),
            Arbitraries.integers().between(1, 3),
            heads,
            kinds)
        .as(AnyEncoder::config);
  }

  private static EncoderConfig config(
      Input input,
      List<Convolution> first,
      int kernel,
      int dim,
      int hidden,
      int layers,
      Heads heads,
      Kind kind) {
    Convolution last = new Convolution(kernel, 1, dim, Nonlinearity.NONE);
    List<Convolution> frontEnd = first.isEmpty() ? List.of(last) : List.of(first.get(0), last);
    return EncoderConfig.ofFrames(
        input.frames(),
        input.channels(),
        frontEnd,
        dim,
        hidden,
        layers,
        heads.count(),
        heads.size(),
        kind.norm(),
        kind.activation(),
        kind.pooling(),
        1e-6,
        List.of("one", "two", "three", "four", "five"));
  }

  /** Random models. */
  public static Arbitrary<EncoderModel> models() {
    return Combinators.combine(configs(), Arbitraries.longs())
        .as((config, seed) -> RandomEncoder.of("random", config, seed));
  }

  /** Normally distributed features. */
  public static Features features(EncoderConfig config, long seed) {
    Random random = new Random(seed);
    float[] values = new float[config.frames() * config.channels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new Features("random " + seed, config.frames(), config.channels(), values);
  }

  /** Calibrated on a few random inputs. */
  public static QuantisedEncoder quantise(EncoderModel model, Fusing fusing) {
    List<Features> inputs =
        IntStream.range(0, 4).mapToObj(seed -> features(model.config(), seed)).toList();
    EncoderCalibration calibration = EncoderCalibration.measure(model, inputs, done -> {});
    return EncoderQuantiser.quantise(model, calibration, fusing);
  }
}
