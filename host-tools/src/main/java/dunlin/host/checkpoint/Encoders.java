package dunlin.host.checkpoint;

import dunlin.boards.Refusal;
import dunlin.host.checkpoint.onnx.OnnxModels;
import dunlin.host.model.EncoderModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checkpoint to float encoder: Keyword Transformers as safetensors, and descriptions (TOML) with
 * seeded weights.
 */
public final class Encoders {
  private static final String SAFETENSORS = ".safetensors";

  private Encoders() {}

  /**
   * The model at {@code path}, its weights in memory.
   *
   * @param path a Keyword Transformer's safetensors, a folder that holds one, or an encoder's
   *     description
   * @throws Refusal if it is unreadable, damaged, not finite, or of another architecture
   */
  public static EncoderModel read(Path path) {
    try {
      if (EncoderDescription.recognises(path)) {
        return EncoderDescription.read(path).model();
      }
      if (OnnxModels.recognises(path)) {
        return OnnxModels.encoder(
            path, Checkpoints.nameOf(path), count -> Labels.beside(path, count), percent -> {});
      }
      List<Path> found = checkpoints(path);
      if (found.size() != 1) {
        throw new Refusal(
            path + ": holds " + (found.isEmpty() ? "no encoder" : found.size() + " encoders"),
            "give the path of a Keyword Transformer's safetensors, or of an encoder's description");
      }
      return KwtFile.read(found.get(0));
    } catch (IOException e) {
      throw Checkpoints.unreadable(path, e);
    }
  }

  /**
   * Whether {@code path} is for {@link #read}, rather than for {@link Checkpoints#read}; reads
   * headers only.
   *
   * @throws Refusal if a file looks like safetensors and is damaged
   */
  public static boolean recognises(Path path) {
    try {
      if (OnnxModels.recognises(path)) {
        return OnnxModels.isEncoder(path);
      }
      return EncoderDescription.recognises(path) || !checkpoints(path).isEmpty();
    } catch (IOException e) {
      throw Checkpoints.unreadable(path, e);
    }
  }

  /** What there is of Keyword Transformers at {@code path}, a file or a folder. */
  private static List<Path> checkpoints(Path path) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path file : files(path)) {
      if (file.toString().endsWith(SAFETENSORS) && KwtFile.recognises(file)) {
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
