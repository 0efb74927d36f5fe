package dunlin.host.checkpoint;

import dunlin.boards.Refusal;
import dunlin.boards.Unreadable;
import dunlin.host.checkpoint.onnx.OnnxModels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The files of a model.
 *
 * @param name of the folder, or of the checkpoint where that was given
 * @param checkpoint for {@link Checkpoints}: a llama2.c, GGUF or ONNX file, or a Hugging Face
 *     folder
 * @param tokenizer {@code tokenizer.bin}, {@code tok….bin}, {@code tokenizer.json}, or the GGUF
 *     file itself
 */
public record ModelFiles(String name, Path checkpoint, Path tokenizer) {
  /** Property that names the folder of the models that come with Dunlin; the launcher sets it. */
  private static final String BUNDLED = "dunlin.models";

  private static final String TOKENIZER_JSON = "tokenizer.json";

  /**
   * Finds a model: {@code nameOrPath} itself, else in {@code models/}, in the folder that the
   * environment variable {@code DUNLIN_MODELS} names, among the models that come with Dunlin, in
   * {@code ../shared/models/}.
   *
   * @throws Refusal if it is nowhere, listing where it was looked for, or if the folder holds not
   *     exactly one checkpoint and a tokenizer
   */
  public static ModelFiles locate(String nameOrPath) {
    return locate(find(nameOrPath));
  }

  /**
   * Where a model is: as {@link #locate}, but whatever is there.
   *
   * @throws Refusal if it is nowhere, listing where it was looked for
   */
  public static Path find(String nameOrPath) {
    return find(nameOrPath, candidates(nameOrPath));
  }

  private static List<Path> candidates(String nameOrPath) {
    Path path = Path.of(nameOrPath);
    if (path.isAbsolute() && !Files.exists(path)) {
      throw new Refusal(path + ": there is no such file or folder", "check the path");
    }
    List<Path> candidates = new ArrayList<>(List.of(path, Path.of("models", nameOrPath)));
    Stream.of(System.getenv("DUNLIN_MODELS"), System.getProperty(BUNDLED))
        .filter(Objects::nonNull)
        .map(folder -> Path.of(folder, nameOrPath))
        .forEach(candidates::add);
    candidates.add(Path.of("..", "shared", "models", nameOrPath));
    return candidates;
  }

  static ModelFiles locate(String nameOrPath, List<Path> candidates) {
    return locate(find(nameOrPath, candidates));
  }

  private static Path find(String nameOrPath, List<Path> candidates) {
    return candidates.stream()
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    "model " + nameOrPath + " is at none of " + shown(candidates),
                    "give a path, or set DUNLIN_MODELS to the folder of your models"));
  }

  private static ModelFiles locate(Path found) {
    try {
      return Files.isDirectory(found) ? inFolder(found) : beside(found);
    } catch (IOException e) {
      throw new Unreadable(found, e);
    } catch (UncheckedIOException e) { // while it is listed
      throw new Unreadable(found, e.getCause());
    }
  }

  private static ModelFiles inFolder(Path folder) throws IOException {
    String name = Checkpoints.nameOf(folder);
    if (HuggingFaceFolder.recognises(folder)) {
      return new ModelFiles(name, folder, tokenizer(folder));
    }
    List<Path> checkpoints = new ArrayList<>();
    for (Path file : files(folder)) {
      if (file.toString().endsWith(".bin") && Llama2cFile.recognises(file)
          || GgufFile.recognises(file)
          || OnnxModels.recognises(file)) {
        checkpoints.add(file);
      }
    }
    if (checkpoints.isEmpty()) {
      refuseTheOnlyCandidate(folder);
    }
    if (checkpoints.size() != 1) {
      throw new Refusal(
          folder
              + ": holds no config.json and "
              + (checkpoints.isEmpty() ? "no checkpoint" : shown(checkpoints)),
          "give the checkpoint's own path");
    }
    return new ModelFiles(name, checkpoints.get(0), tokenizer(checkpoints.get(0), folder));
  }

  /** Where one file must have been meant as the checkpoint, says what is wrong with that one. */
  private static void refuseTheOnlyCandidate(Path folder) throws IOException {
    List<Path> candidates =
        files(folder).stream()
            .filter(file -> file.getFileName().toString().matches("(?!tok).*\\.bin"))
            .toList();
    if (candidates.size() == 1) {
      Checkpoints.list(candidates.get(0));
    }
  }

  /** A file that is no checkpoint is refused for that, before a tokenizer is looked for. */
  private static ModelFiles beside(Path checkpoint) throws IOException {
    Checkpoints.list(checkpoint);
    Path folder = checkpoint.toAbsolutePath().getParent();
    return new ModelFiles(
        Checkpoints.nameOf(checkpoint), checkpoint, tokenizer(checkpoint, folder));
  }

  /** GGUF brings its own; a {@code tokenizer.json} beside it goes before. */
  private static Path tokenizer(Path checkpoint, Path folder) throws IOException {
    Path json = folder.resolve(TOKENIZER_JSON);
    if (GgufFile.recognises(checkpoint)) {
      return Files.exists(json) ? json : checkpoint;
    }
    return tokenizer(folder);
  }

  private static Path tokenizer(Path folder) throws IOException {
    List<Path> files = files(folder);
    for (String pattern : List.of("tokenizer\\.json", "tokenizer\\.bin", "tok.*\\.bin")) {
      List<Path> matching =
          files.stream().filter(file -> file.getFileName().toString().matches(pattern)).toList();
      if (matching.size() > 1) {
        throw new Refusal(
            folder + ": which tokenizer, " + shown(matching) + "?",
            "name the right one tokenizer.bin");
      }
      if (!matching.isEmpty()) {
        return matching.get(0);
      }
    }
    throw new Refusal(
        folder + ": no tokenizer.json, tokenizer.bin or tok*.bin beside the model",
        "copy the model's tokenizer there");
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static String shown(List<Path> paths) {
    return String.join(", ", paths.stream().map(Path::toString).toList());
  }
}
