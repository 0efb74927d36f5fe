package dunlin.host;

import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.Convolution;
import dunlin.host.model.EncoderConfig.NormPlacement;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.Features;
import dunlin.host.model.Nonlinearity;
import java.util.List;

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

  /** Element i is sin(i / 10). */
  public static Features sine(EncoderConfig config) {
    float[] values = new float[config.frames() * config.channels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(0.1 * i);
    }
    return new Features("sine", config.frames(), config.channels(), values);
  }
}
