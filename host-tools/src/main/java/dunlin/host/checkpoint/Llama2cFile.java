package dunlin.host.checkpoint;

import static dunlin.host.checkpoint.Weight.ATTENTION_NORM;
import static dunlin.host.checkpoint.Weight.DOWN;
import static dunlin.host.checkpoint.Weight.EMBEDDING;
import static dunlin.host.checkpoint.Weight.FEED_FORWARD_NORM;
import static dunlin.host.checkpoint.Weight.FINAL_NORM;
import static dunlin.host.checkpoint.Weight.GATE;
import static dunlin.host.checkpoint.Weight.HEAD;
import static dunlin.host.checkpoint.Weight.KEY;
import static dunlin.host.checkpoint.Weight.OUTPUT;
import static dunlin.host.checkpoint.Weight.QUERY;
import static dunlin.host.checkpoint.Weight.UP;
import static dunlin.host.checkpoint.Weight.VALUE;

import dunlin.boards.Refusal;
import dunlin.host.model.LlamaConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * llama2.c's two float formats (its export.py, legacy_export and version1_export), little-endian:
 *
 * <pre>
 *   v0   0  dim, hidden, layers, heads, kv_heads, ±vocabulary, context   7 × int32, minus = untied
 *       28  float32 weights
 *   v1   0  0x616b3432 "ak42", version 1                                 2 × int32
 *        8  dim, hidden, layers, heads, kv_heads, vocabulary, context    7 × int32
 *       36  1 if tied, else 0                                            uint8
 *      256  float32 weights
 * </pre>
 *
 * A weight that every layer has is stored for all layers before the next one. Neither says the
 * norm's epsilon or the rotary base: run.c has them as constants.
 */
final class Llama2cFile {
  static final int MAGIC = 0x616b3432;
  static final int V0_HEADER = 28;
  static final int V1_HEADER = 256;
  private static final int TIED = 36;
  private static final double NORM_EPSILON = 1e-5;
  private static final double ROPE_THETA = 10_000;

  private static final List<Weight> V0_ORDER =
      List.of(
          EMBEDDING,
          ATTENTION_NORM,
          QUERY,
          KEY,
          VALUE,
          OUTPUT,
          FEED_FORWARD_NORM,
          GATE,
          DOWN,
          UP,
          FINAL_NORM,
          HEAD);
  private static final List<Weight> V1_ORDER =
      List.of(
          ATTENTION_NORM,
          FEED_FORWARD_NORM,
          FINAL_NORM,
          EMBEDDING,
          QUERY,
          KEY,
          VALUE,
          OUTPUT,
          GATE,
          DOWN,
          UP,
          HEAD);

  /**
   * @param tables bytes of v0's cosines and sines, which lie before the head and are not used
   */
  private record Header(
      String format, int bytes, List<Weight> order, LlamaConfig config, boolean tied, long tables) {
    /** Where the weights end if the header is true. */
    long end() {
      return bytes + tables + order.stream().mapToLong(this::bytes).sum();
    }

    /** Bytes of a weight in all its layers. */
    long bytes(Weight weight) {
      return weight == HEAD && tied
          ? 0
          : weight.elements(config) * weight.count(config) * ElementType.F32.blockBytes();
    }
  }

  private Llama2cFile() {}

  static Listing list(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      Header header = parse(file, start(file, channel));
      if (header.end() != channel.size()) {
        throw new Refusal(
            "%s: its %s header stands for %d bytes, the file has %d"
                .formatted(file, header.format, header.end(), channel.size()),
            "it is cut short, or not a llama2.c checkpoint; download or export it again");
      }
      return new Listing(
          Checkpoints.nameOf(file),
          header.format,
          header.config,
          header.tied,
          false,
          place(file, header));
    }
  }

  /** Whether the size of {@code file} is what its header stands for. */
  static boolean recognises(Path file) throws IOException {
    try {
      list(file);
      return true;
    } catch (Refusal notOne) {
      return false;
    }
  }

  private static ByteBuffer start(Path file, FileChannel channel) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(V1_HEADER).order(ByteOrder.LITTLE_ENDIAN);
    while (start.hasRemaining() && channel.read(start, start.position()) >= 0) {
      // a file may yield its bytes in pieces
    }
    start.flip();
    boolean versioned = start.limit() >= 4 && start.getInt(0) == MAGIC;
    int needed = versioned ? V1_HEADER : V0_HEADER;
    if (start.limit() < needed) {
      throw new Refusal(
          file + ": " + start.limit() + " bytes cannot hold a header of " + needed,
          "give a llama2.c checkpoint or a Hugging Face folder");
    }
    return start;
  }

  private static Header parse(Path file, ByteBuffer start) {
    if (start.getInt(0) != MAGIC) {
      LlamaConfig config = config(file, start, 0);
      long tables = (long) config.context() * config.headSize() * ElementType.F32.blockBytes();
      return new Header("llama2.c v0", V0_HEADER, V0_ORDER, config, start.getInt(20) > 0, tables);
    }
    int version = start.getInt(4);
    if (version != 1) {
      throw new Refusal(
          file + ": llama2.c version " + version + " holds weights that are not plain floats",
          "export it with --version 1");
    }
    int tied = start.get(TIED);
    if (tied != 0 && tied != 1 || start.getInt(28) < 1) {
      throw new Refusal(
          "%s: tied flag %d, vocabulary %d".formatted(file, tied, start.getInt(28)),
          "a v1 header has 0 or 1, and a positive count; export it again");
    }
    return new Header("llama2.c v1", V1_HEADER, V1_ORDER, config(file, start, 8), tied == 1, 0);
  }

  private static LlamaConfig config(Path file, ByteBuffer start, int at) {
    int dim = start.getInt(at);
    int heads = start.getInt(at + 12);
    int vocabulary = start.getInt(at + 20);
    return Shapes.check(
        file,
        new LlamaConfig(
            dim,
            start.getInt(at + 4),
            start.getInt(at + 8),
            heads,
            start.getInt(at + 16),
            Shapes.headSize(file, dim, heads),
            vocabulary < 0 ? -vocabulary : vocabulary,
            start.getInt(at + 24),
            NORM_EPSILON,
            ROPE_THETA));
  }

  private static Map<String, StoredTensor> place(Path file, Header header) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    LlamaConfig config = header.config;
    long offset = header.bytes;
    for (Weight weight : header.order) {
      if (weight == HEAD) {
        offset += header.tables;
      }
      if (header.bytes(weight) == 0) {
        continue;
      }
      int rows = weight.rows(config);
      int columns = weight.columns(config);
      List<Integer> shape = weight.isVector() ? List.of(columns) : List.of(rows, columns);
      for (int layer = 0; layer < weight.count(config); layer++) {
        String name = weight.llamaName(layer);
        StoredTensor tensor = new StoredTensor(name, ElementType.F32, shape, file, offset);
        tensors.put(name, tensor);
        offset += tensor.bytes();
      }
    }
    return tensors;
  }
}
