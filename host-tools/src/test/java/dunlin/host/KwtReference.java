package dunlin.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dunlin.host.checkpoint.Encoders;
import dunlin.host.checkpoint.SafetensorsFile;
import dunlin.host.checkpoint.StoredTensor;
import dunlin.host.checkpoint.TensorReader;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.Features;
import dunlin.host.model.Matrix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What KWT-1's own program made of a clip.
 *
 * @param label that it gave the clip
 * @param wav the clip
 * @param features 98 × 40
 * @param logits one for each of the 12 labels
 */
public record KwtReference(String label, Path wav, Features features, float[] logits) {
  /** The names of the clips. */
  public static final List<String> CLIPS = List.of("yes", "no", "silence", "noise");

  /** KWT-1 itself; skips the test, saying why, where it is not. */
  public static EncoderModel model() {
    return Encoders.read(SharedModels.require("kwt1"));
  }

  /** The clip of this name; the program took the one called noise for "down". */
  public static KwtReference read(String clip) throws IOException {
    Path folder = SharedModels.require("kwt1");
    Path file = folder.resolve("kwt1-reference.safetensors");
    Matrix mfcc = tensor(file, clip + "_mfcc");
    return new KwtReference(
        switch (clip) {
          case "silence" -> "_silence_";
          case "noise" -> "down";
          default -> clip;
        },
        folder.resolve(clip + "_1000ms.wav"),
        new Features(clip, mfcc.rows(), mfcc.columns(), mfcc.values()),
        tensor(file, clip + "_logits").values());
  }

  private static Matrix tensor(Path file, String name) throws IOException {
    StoredTensor stored = SafetensorsFile.list(file).get(name);
    return new TensorReader().read(stored, stored.shape().get(0), stored.shape().get(1));
  }

  /** The largest difference of any feature. */
  public double worstError(Features other) {
    return worst(features.values(), other.values().length, i -> other.values()[i]);
  }

  /** The largest difference of any logit. */
  public double worstError(double[] otherLogits) {
    return worst(logits, otherLogits.length, i -> otherLogits[i]);
  }

  private static double worst(float[] expected, int count, IntToDoubleFunction actual) {
    assertEquals(expected.length, count);
    return IntStream.range(0, count)
        .mapToDouble(i -> Math.abs(expected[i] - actual.applyAsDouble(i)))
        .max()
        .orElseThrow();
  }
}
