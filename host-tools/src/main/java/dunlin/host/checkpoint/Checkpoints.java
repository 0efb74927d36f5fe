package dunlin.host.checkpoint;

import dunlin.boards.Refusal;
import dunlin.boards.Unreadable;
import dunlin.host.checkpoint.onnx.OnnxModels;
import dunlin.host.model.FloatModel;
import dunlin.host.model.FloatModel.Block;
import dunlin.host.model.Matrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Checkpoint to float model: llama2.c files (v0 and v1), GGUF, ONNX graphs, and Hugging Face Llama
 * folders.
 */
public final class Checkpoints {
  private Checkpoints() {}

  /**
   * The model at {@code path}, its weights in memory: at most twice the size of its files.
   *
   * @param path a llama2.c, GGUF or ONNX file, or a folder with {@code config.json} and safetensors
   * @throws Refusal if it is unreadable, damaged, not finite, or of another architecture
   */
  public static FloatModel read(Path path) {
    return read(path, percent -> {});
  }

  /**
   * As {@link #read(Path)}.
   *
   * @param percent is told how much is done, 0 to 100
   */
  public static FloatModel read(Path path, IntConsumer percent) {
    Listing listing = list(path);
    try {
      if (OnnxModels.recognises(path)) {
        return OnnxModels.decoder(path, nameOf(path), percent);
      }
      return load(listing, new TensorReader(listing.bytes(), percent));
    } catch (IOException e) {
      throw new Unreadable(path, e);
    }
  }

  /**
   * The shape and the tensors of the checkpoint at {@code path}; reads headers only.
   *
   * @throws Refusal as {@link #read(Path)}, save for weights that are not finite
   */
  public static Listing list(Path path) {
    try {
      if (Files.isDirectory(path)) {
        return HuggingFaceFolder.list(path);
      }
      if (OnnxModels.recognises(path)) {
        Listing graph = OnnxModels.listing(path, nameOf(path));
        Shapes.check(path, graph.config());
        return graph;
      }
      return GgufFile.recognises(path) ? GgufLlama.list(path) : Llama2cFile.list(path);
    } catch (IOException e) {
      throw new Unreadable(path, e);
    }
  }

  private static FloatModel load(Listing listing, TensorReader reader) throws IOException {
    Matrix embedding = reader.read(listing, Weight.EMBEDDING, 0);
    Block[] blocks = new Block[listing.config().layers()];
    for (int layer = 0; layer < blocks.length; layer++) {
      blocks[layer] =
          new Block(
              reader.read(listing, Weight.ATTENTION_NORM, layer),
              turned(listing, reader.read(listing, Weight.QUERY, layer)),
              turned(listing, reader.read(listing, Weight.KEY, layer)),
              reader.read(listing, Weight.VALUE, layer),
              reader.read(listing, Weight.OUTPUT, layer),
              reader.read(listing, Weight.FEED_FORWARD_NORM, layer),
              reader.read(listing, Weight.GATE, layer),
              reader.read(listing, Weight.UP, layer),
              reader.read(listing, Weight.DOWN, layer));
    }
    Matrix finalNorm = reader.read(listing, Weight.FINAL_NORM, 0);
    Matrix head = listing.tied() ? embedding : reader.read(listing, Weight.HEAD, 0);
    return new FloatModel(
        listing.name(), listing.config(), embedding, List.of(blocks), finalNorm, head);
  }

  /** Brings the rows of a query or key weight into the order of neighbouring pairs, in place. */
  private static Matrix turned(Listing listing, Matrix weight) {
    if (listing.halves()) {
      int head = listing.config().headSize() * weight.columns();
      float[] halves = new float[head];
      for (int at = 0; at < weight.values().length; at += head) {
        System.arraycopy(weight.values(), at, halves, 0, head);
        interleave(halves, weight.values(), at, weight.columns());
      }
    }
    return weight;
  }

  /** Rows 0, n/2, 1, n/2 + 1, … of {@code halves}, to {@code pairs} from {@code at}. */
  private static void interleave(float[] halves, float[] pairs, int at, int columns) {
    int middle = halves.length / 2;
    for (int from = 0; from < middle; from += columns) {
      System.arraycopy(halves, from, pairs, at + 2 * from, columns);
      System.arraycopy(halves, middle + from, pairs, at + 2 * from + columns, columns);
    }
  }

  /** A path's last part, for people. */
  static String nameOf(Path path) {
    Path name = path.toAbsolutePath().normalize().getFileName();
    return name == null
        ? path.toString()
        : name.toString().replaceFirst("\\.(bin|safetensors|toml|gguf|onnx)$", "");
  }
}
