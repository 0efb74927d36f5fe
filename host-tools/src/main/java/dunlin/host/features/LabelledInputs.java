package dunlin.host.features;

import dunlin.boards.Refusal;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.Features;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Inputs whose labels are known: a folder that has a folder of inputs for each label. */
public final class LabelledInputs {
  private LabelledInputs() {}

  /**
   * An input.
   *
   * @param label one of the model's
   */
  public record Labelled(String label, Features input) {}

  /**
   * All inputs of a folder, label by label in the model's order.
   *
   * @throws Refusal if there is none, a folder is named after no label, or a file is refused
   */
  public static List<Labelled> read(Path folder, EncoderConfig config) {
    refuseOthers(folder, config);
    List<Labelled> inputs = new ArrayList<>();
    for (String label : config.labels()) {
      for (Path file : files(folder.resolve(label))) {
        FeatureFiles.read(file, config).forEach(clip -> inputs.add(new Labelled(label, clip)));
      }
    }
    if (inputs.isEmpty()) {
      throw new Refusal(folder + ": holds no labelled inputs", layout(config));
    }
    return inputs;
  }

  private static void refuseOthers(Path folder, EncoderConfig config) {
    if (!Files.isDirectory(folder)) {
      throw new Refusal(folder + ": is no folder", layout(config));
    }
    for (Path inside : list(folder)) {
      String name = String.valueOf(inside.getFileName());
      if (Files.isDirectory(inside) && !config.labels().contains(name)) {
        throw new Refusal(
            inside + ": the model has no label " + name,
            "its labels are " + String.join(", ", config.labels()));
      }
    }
  }

  private static String layout(EncoderConfig config) {
    return "put inputs in a folder for each label, as " + config.labels().get(0) + "/a.wav";
  }

  private static List<Path> files(Path folder) {
    return Files.isDirectory(folder)
        ? list(folder).stream().filter(FeatureFiles::recognises).toList()
        : List.of();
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new Refusal(folder + ": cannot be listed (" + e + ")", "check its permissions", e);
    }
  }
}
