package dunlin.host.features;

import dunlin.host.model.EncoderConfig;
import dunlin.host.model.Features;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Inputs to calibrate an encoder on where there are none: made sounds for one that takes the
 * coefficients of sounds, and normally distributed numbers for any other. The same ones each time.
 */
public final class SelfFeatures {
  private static final int CLIPS = 24;

  private SelfFeatures() {}

  /** Inputs for a model. */
  public static List<Features> of(EncoderConfig config) {
    boolean sound = config.channels() == Mfcc.COEFFICIENTS;
    return IntStream.range(0, CLIPS)
        .mapToObj(clip -> sound ? sound(config, clip) : noise(config, clip))
        .toList();
  }

  private static Features sound(EncoderConfig config, int clip) {
    int samples = Math.toIntExact(Mfcc.samples(config.frames()));
    return new Mfcc().features("made sound " + clip, MadeSound.of(clip, samples));
  }

  private static Features noise(EncoderConfig config, int clip) {
    Random random = new Random(clip);
    float[] values = new float[config.frames() * config.channels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new Features("noise " + clip, config.frames(), config.channels(), values);
  }
}
