package dunlin.host.features;

import dunlin.boards.Refusal;
import dunlin.boards.Unreadable;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.Features;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** File to features: safetensors, CSV and WAV, by how the file's name ends. */
public final class FeatureFiles {
  private FeatureFiles() {}

  /**
   * The clips in {@code file}, at least one, each of the model's frames × channels: every clip of a
   * safetensors file, under its tensor's name; the one clip of a CSV file (rows are frames) or of a
   * WAV file (by {@code MFCC}), under the file's name.
   *
   * @param config of the model that is to classify them
   * @throws Refusal if the file is unreadable, damaged or of another shape
   */
  public static List<Features> read(Path file, EncoderConfig config) {
    try {
      return switch (ending(file)) {
        case "safetensors" -> SafetensorsClips.read(file, config);
        case "csv" -> List.of(CsvClip.read(file, config));
        case "wav" -> List.of(wav(file, config));
        default ->
            throw new Refusal(
                file + ": is no input for an encoder",
                "give a file that ends with .safetensors, .csv or .wav");
      };
    } catch (IOException e) {
      throw new Unreadable(file, e);
    }
  }

  /** Whether a file is named as one that holds inputs. */
  public static boolean recognises(Path file) {
    return List.of("safetensors", "csv", "wav").contains(ending(file));
  }

  private static Features wav(Path file, EncoderConfig config) throws IOException {
    if (config.channels() != Mfcc.COEFFICIENTS) {
      throw new Refusal(
          "%s: of sound come frames of %d channels, the model takes %d"
              .formatted(file, Mfcc.COEFFICIENTS, config.channels()),
          "give its features as .safetensors or .csv");
    }
    return new Mfcc().features(name(file), WavFile.read(file, config.frames()));
  }

  /** How a clip is called that has a file to itself. */
  static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static String ending(Path file) {
    String name = name(file);
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
