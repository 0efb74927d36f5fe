package dunlin.host;

import dunlin.host.checkpoint.SafetensorsFile;
import dunlin.host.checkpoint.StoredTensor;
import dunlin.host.checkpoint.TensorReader;
import dunlin.host.model.Features;
import dunlin.host.model.Matrix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

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

  /** The clip called {@code clip} in the folder of kwt1; it took what is none for "down". */
  public static KwtReference read(Path folder, String clip) throws IOException {
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
}
