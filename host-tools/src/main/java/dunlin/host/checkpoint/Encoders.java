package dunlin.host.checkpoint;

import dunlin.boards.Refusal;
import dunlin.boards.Unreadable;
import dunlin.host.checkpoint.onnx.OnnxModels;
import dunlin.host.model.EncoderModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * Checkpoint to float encoder: Keyword Transformers as safetensors, Hugging Face folders of BERT
 * and MobileBERT, ONNX graphs, and descriptions (TOML) with seeded weights.
 */
public final class Encoders {
  private static final String SAFETENSORS = ".safetensors";

  private Encoders() {}

  /**
   * The model at {@code path}, its weights in memory: at most twice the size of its files.
   *
   * @param path a Keyword Transformer's safetensors, an ONNX file, a folder that holds one, a
   *     Hugging Face folder, or an encoder's description
   * @throws Refusal if it is unreadable, damaged, not finite, or of another architecture
   */
  public static EncoderModel read(Path path) {
    return read(path, percent -> {});
  }

  /**
   * As {@link #read(Path)}.
   *
   * @param percent is told how much is done, 0 to 100, where that takes long
   */
  public static EncoderModel read(Path path, IntConsumer percent) {
    try {
      if (BertFolder.recognises(path)) {
        return BertFolder.read(path, percent);
      }
      if (EncoderDescription.recognises(path)) {
        return EncoderDescription.read(path).model();
      }
      List<Path> found = OnnxModels.recognises(path) ? List.of(path) : checkpoints(path);
      if (found.size() != 1) {
        throw new Refusal(
            path + ": holds " + (found.isEmpty() ? "no encoder" : found.size() + " encoders"),
            "give the path of a Keyword Transformer's safetensors, of a Hugging Face folder, of an"
                + " ONNX file, or of a description");
      }
      Path file = found.get(0);
      return OnnxModels.recognises(file)
          ? OnnxModels.encoder(
              file, Checkpoints.nameOf(path), count -> Labels.beside(file, count), percent)
          : KwtFile.read(file);
    } catch (IOException e) {
      throw new Unreadable(path, e);
    }
  }

  /** The folder of the other files of the model at {@code path}; empty where weights are seeded. */
  public static Optional<Path> folder(Path path) {
    if (Files.isDirectory(path)) {
      return Optional.of(path);
    }
    return EncoderDescription.recognises(path)
        ? Optional.empty()
        : Optional.of(path.toAbsolutePath().getParent());
  }

  /**
   * Whether {@code path} is for {@link #read(Path)}, rather than for {@link
   * Checkpoints#read(Path)}; reads no weights.
   *
   * @throws Refusal if a file looks like safetensors or ONNX and is damaged
   */
  public static boolean recognises(Path path) {
    try {
      return EncoderDescription.recognises(path)
          || BertFolder.recognises(path)
          || !checkpoints(path).isEmpty();
    } catch (IOException e) {
      throw new Unreadable(path, e);
    }
  }

  /** What there is of encoders at {@code path}, a file or a folder. */
  private static List<Path> checkpoints(Path path) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path file : files(path)) {
      if (file.toString().endsWith(SAFETENSORS) && KwtFile.recognises(file)
          || OnnxModels.recognises(file) && OnnxModels.isEncoder(file)) {
        found.add(file);
      }
    }
    return found;
  }

  private static List<Path> files(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
