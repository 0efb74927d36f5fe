package dunlin.host.checkpoint;

import dunlin.host.model.FloatModel;
import dunlin.host.model.FloatModel.Block;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.Matrix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Writes llama2.c checkpoints as its export.py does. */
public final class Llama2cWriter {
  private Llama2cWriter() {}

  /** {@code model} as legacy_export writes it. */
  public static Path v0(FloatModel model, Path file) throws IOException {
    LlamaConfig c = model.config();
    int sign = model.tied() ? 1 : -1;
    ByteBuffer header = littleEndian(28);
    for (int word : dims(c, sign * c.vocabulary())) {
      header.putInt(word);
    }
    List<Matrix> weights = new ArrayList<>();
    weights.add(model.embedding());
    weights.addAll(all(model, Block::attentionNorm));
    weights.addAll(attention(model));
    weights.addAll(all(model, Block::feedForwardNorm));
    weights.addAll(feedForward(model));
    weights.add(model.finalNorm());
    int tables = c.context() * c.headSize(); // cosines and sines: any numbers, nobody reads them
    weights.add(new Matrix("tables", 1, tables, new float[tables]));
    return write(model, file, header, weights);
  }

  /** {@code model} as version1_export writes it. */
  public static Path v1(FloatModel model, Path file) throws IOException {
    ByteBuffer header = littleEndian(256).putInt(0x616b3432).putInt(1);
    for (int word : dims(model.config(), model.config().vocabulary())) {
      header.putInt(word);
    }
    header.put((byte) (model.tied() ? 1 : 0)).position(256);
    List<Matrix> weights = new ArrayList<>();
    weights.addAll(all(model, Block::attentionNorm));
    weights.addAll(all(model, Block::feedForwardNorm));
    weights.add(model.finalNorm());
    weights.add(model.embedding());
    weights.addAll(attention(model));
    weights.addAll(feedForward(model));
    return write(model, file, header, weights);
  }

  private static int[] dims(LlamaConfig c, int vocabulary) {
    return new int[] {
      c.dim(), c.hidden(), c.layers(), c.heads(), c.kvHeads(), vocabulary, c.context()
    };
  }

  private static List<Matrix> attention(FloatModel model) {
    List<Matrix> weights = new ArrayList<>(all(model, Block::query));
    weights.addAll(all(model, Block::key));
    weights.addAll(all(model, Block::value));
    weights.addAll(all(model, Block::output));
    return weights;
  }

  private static List<Matrix> feedForward(FloatModel model) {
    List<Matrix> weights = new ArrayList<>(all(model, Block::gate));
    weights.addAll(all(model, Block::down));
    weights.addAll(all(model, Block::up));
    return weights;
  }

  private static List<Matrix> all(FloatModel model, Function<Block, Matrix> weight) {
    return model.layers().stream().map(weight).toList();
  }

  private static Path write(FloatModel model, Path file, ByteBuffer header, List<Matrix> weights)
      throws IOException {
    if (!model.tied()) {
      weights.add(model.head());
    }
    int floats = weights.stream().mapToInt(weight -> weight.values().length).sum();
    ByteBuffer bytes = ByteBuffer.allocate(header.flip().remaining() + 4 * floats);
    bytes.order(ByteOrder.LITTLE_ENDIAN).put(header);
    for (Matrix weight : weights) {
      for (float value : weight.values()) {
        bytes.putFloat(value);
      }
    }
    return Files.write(file, bytes.array());
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
