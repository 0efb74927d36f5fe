package dunlin.host.run;

import dunlin.boards.Refusal;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.Features;
import dunlin.host.quantise.QuantisedEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Features as an encoder's nodes take them. */
public final class FeatureInput {
  private static final int LARGEST = (1 << (QuantisedEncoder.HIDDEN_BITS - 1)) - 1;

  private FeatureInput() {}

  /**
   * int16 [T × C], little-endian, each channel in its steps; what is out of their range saturates.
   *
   * @throws Refusal for features of another shape
   */
  public static byte[] of(QuantisedEncoder model, Features features) {
    EncoderConfig config = model.config();
    if (features.frames() != config.frames() || features.channels() != config.channels()) {
      throw new Refusal(
          "%s: %d frames of %d channels, where %s takes %d of %d"
              .formatted(
                  features.name(),
                  features.frames(),
                  features.channels(),
                  model.name(),
                  config.frames(),
                  config.channels()),
          "give features of that shape");
    }
    double[] inputSteps = ((QuantisedEncoder.Frames) model.start()).inputSteps();
    int size = model.inputBytes(config.context());
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < features.values().length; i++) {
      double steps = features.values()[i] / inputSteps[i % config.channels()];
      bytes.putShort((short) Math.max(-LARGEST, Math.min(LARGEST, Math.rint(steps))));
    }
    return bytes.array();
  }
}
