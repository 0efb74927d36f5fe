package dunlin.host.flock;

import dunlin.boards.Refusal;
import dunlin.host.checkpoint.EncoderDescription;
import dunlin.host.checkpoint.Encoders;
import dunlin.host.checkpoint.ModelFiles;
import dunlin.host.features.FeatureFiles;
import dunlin.host.features.SelfFeatures;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.Features;
import dunlin.host.quantise.EncoderCalibration;
import dunlin.host.quantise.EncoderQuantiser;
import dunlin.host.quantise.Fusing;
import dunlin.host.quantise.QuantisedEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * An encoder, as imported.
 *
 * @param name for people and file names
 */
public record ImportedEncoder(String name, EncoderModel model) implements ImportedNetwork {
  /**
   * Reads an encoder.
   *
   * @param nameOrPath as {@link ImportedNetwork#read}
   * @throws Refusal if there is none, or it is damaged
   */
  public static ImportedEncoder read(String nameOrPath) {
    return read(nameOrPath, Progress.NONE);
  }

  /** As {@link #read(String)}, showing how far it is. */
  public static ImportedEncoder read(String nameOrPath, Progress progress) {
    EncoderModel model =
        EncoderDescription.NAMES.contains(nameOrPath)
            ? EncoderDescription.named(nameOrPath).model()
            : progress.during(
                "reading " + nameOrPath,
                100,
                done -> Encoders.read(ModelFiles.find(nameOrPath), done));
    return new ImportedEncoder(model.name(), model);
  }

  @Override
  public QuantisedEncoder quantised(Path calibration, Progress progress) {
    return quantised(calibration, Fusing.FASTER, progress);
  }

  /**
   * The model in integers.
   *
   * @param calibration a file of inputs, or a folder of such files; null for inputs made for the
   *     purpose ({@link SelfFeatures})
   */
  public QuantisedEncoder quantised(Path calibration, Fusing fusing, Progress progress) {
    List<Features> inputs =
        calibration == null ? SelfFeatures.of(model.config()) : inputs(calibration);
    EncoderCalibration peaks =
        progress.during(
            "calibrating", inputs.size(), done -> EncoderCalibration.measure(model, inputs, done));
    return EncoderQuantiser.quantise(model, peaks, fusing);
  }

  /** The inputs of a file, or of all files of a folder. */
  private List<Features> inputs(Path path) {
    if (!Files.isDirectory(path)) {
      return FeatureFiles.read(path, model.config());
    }
    try (Stream<Path> files = Files.list(path)) {
      List<Features> inputs =
          files
              .filter(FeatureFiles::recognises)
              .sorted()
              .flatMap(file -> FeatureFiles.read(file, model.config()).stream())
              .toList();
      if (inputs.isEmpty()) {
        throw new Refusal(path + ": holds no inputs", "put .wav, .csv or .safetensors there");
      }
      return inputs;
    } catch (IOException e) {
      throw new Refusal(path + ": cannot be listed (" + e + ")", "check its permissions", e);
    }
  }
}
