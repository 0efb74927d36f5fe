package dunlin.host.features;

import dunlin.boards.Refusal;
import dunlin.boards.Unreadable;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderInput;
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
  public record Labelled(String label, EncoderInput input) {}

  /**
   * A file of a folder.
   *
   * @param label the folder's name
   */
  record LabelledFile(String label, Path path) {}

  /**
   * All inputs of a folder, label by label in the model's order.
   *
   * @throws Refusal if there is none, a folder is named after no label, or a file is refused
   */
  public static List<Labelled> read(Path folder, EncoderConfig config) {
    List<Labelled> inputs = new ArrayList<>();
    for (LabelledFile file : files(folder, config.labels(), ".wav")) {
      if (FeatureFiles.recognises(file.path())) {
        FeatureFiles.read(file.path(), config)
            .forEach(clip -> inputs.add(new Labelled(file.label(), clip)));
      }
    }
    if (inputs.isEmpty()) {
      throw new Refusal(folder + ": holds no labelled inputs", layout(config.labels(), ".wav"));
    }
    return inputs;
  }

  /**
   * All files that lie in folders which are named after labels, label by label.
   *
   * @param ending of such files, for messages
   * @throws Refusal if there is no such folder, or one is named after no label
   */
  static List<LabelledFile> files(Path folder, List<String> labels, String ending) {
    refuseOthers(folder, labels, ending);
    return labels.stream()
        .filter(label -> Files.isDirectory(folder.resolve(label)))
        .flatMap(
            label ->
                list(folder.resolve(label)).stream().map(path -> new LabelledFile(label, path)))
        .toList();
  }

  private static void refuseOthers(Path folder, List<String> labels, String ending) {
    if (!Files.isDirectory(folder)) {
      throw new Refusal(folder + ": is no folder", layout(labels, ending));
    }
    for (Path inside : list(folder)) {
      String name = String.valueOf(inside.getFileName());
      if (Files.isDirectory(inside) && !labels.contains(name)) {
        throw new Refusal(
            inside + ": the model has no label " + name,
            "its labels are " + String.join(", ", labels));
      }
    }
  }

  private static String layout(List<String> labels, String ending) {
    return "put inputs in a folder for each label, as " + labels.get(0) + "/a" + ending;
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new Unreadable(folder, e);
    }
  }
}
