package dunlin.hil;

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
import dunlin.host.run.FeatureInput;
import java.util.List;
import java.util.Random;

/** An encoder of frames with random weights, and something to classify. */
final class SmallEncoder {
  private SmallEncoder() {}

  static QuantisedEncoder quantised() {
    EncoderModel encoder = RandomEncoder.of("random", config(), 1);
    List<Features> inputs = List.of(features(1), features(2));
    return EncoderQuantiser.quantise(
        encoder, EncoderCalibration.measure(encoder, inputs, done -> {}), Fusing.NEVER);
  }

  /** Other features than it is calibrated with. */
  static byte[] input(QuantisedEncoder encoder) {
    return FeatureInput.of(encoder, features(3));
  }

  private static EncoderConfig config() {
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
        NormPlacement.PRE,
        Nonlinearity.GELU_ERF,
        Pooling.MEAN,
        1e-6,
        List.of("left", "right", "none"));
  }

  private static Features features(long seed) {
    Random random = new Random(seed);
    float[] values = new float[27];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new Features("random " + seed, 9, 3, values);
  }
}
