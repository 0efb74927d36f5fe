package dunlin.host.checkpoint;

import dunlin.boards.Refusal;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The classes that an encoder tells apart, in the order of its logits. */
final class Labels {
  private static final String FILE = "labels.txt";
  private static final int MOST = 4096;
  private static final int LONGEST = 80;
  private static final long MOST_BYTES = 4L * MOST * LONGEST; // of UTF-8

  private Labels() {}

  /**
   * {@code count} labels from beside {@code model}: the lines of {@code labels.txt}, or where there
   * is none what {@code config.json} says.
   */
  static List<String> beside(Path model, int count) throws IOException {
    Path file = model.resolveSibling(FILE);
    Path config = model.resolveSibling(HuggingFaceFolder.CONFIG);
    boolean listed = Files.exists(file) || !Files.exists(config);
    String remedy =
        listed
            ? "write one label a line there, " + count + " in the order of the logits"
            : "take the config.json that belongs to the model";
    List<String> labels = listed ? lines(file, remedy) : BertConfig.labels(config);
    if (labels.size() != count) {
      throw new Refusal(
          "%s: %d labels, %s tells %d classes apart"
              .formatted(listed ? file : config, labels.size(), model.getFileName(), count),
          remedy);
    }
    return labels;
  }

  private static List<String> lines(Path file, String remedy) throws IOException {
    if (!Files.exists(file)) {
      throw new Refusal(
          file + ": is missing", remedy + ", or put a config.json with id2label beside it");
    }
    if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
      throw new Refusal(file + ": is no file of labels", remedy);
    }
    try {
      List<String> labels = Files.readAllLines(file);
      fault(labels)
          .ifPresent(
              fault -> {
                throw new Refusal(file + ": " + fault, remedy);
              });
      return labels;
    } catch (CharacterCodingException e) {
      throw new Refusal(file + ": is not text in UTF-8", remedy, e);
    }
  }

  /** Why these labels will not do, if so: each is a line of its own for people and scripts. */
  static Optional<String> fault(List<String> labels) {
    if (labels.isEmpty() || labels.size() > MOST) {
      return Optional.of(labels.size() + " labels, not 1 to " + MOST);
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < labels.size(); i++) {
      String label = labels.get(i);
      if (label.isBlank() || label.length() > LONGEST || !label.equals(ModelJson.oneLine(label))) {
        return Optional.of(
            "label %d, '%s', is not 1 to %d printable characters"
                .formatted(i + 1, ModelJson.oneLine(label), LONGEST));
      }
      if (!seen.add(label)) {
        return Optional.of("label " + (i + 1) + ", '" + label + "', is there twice");
      }
    }
    return Optional.empty();
  }
}
