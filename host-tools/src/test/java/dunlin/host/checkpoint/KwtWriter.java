package dunlin.host.checkpoint;

import dunlin.host.checkpoint.HuggingFaceWriter.Tensor;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.Convolution;
import dunlin.host.model.EncoderConfig.NormPlacement;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.EncoderModel.Block;
import dunlin.host.model.EncoderModel.Linear;
import dunlin.host.model.EncoderModel.Norm;
import dunlin.host.model.Matrix;
import dunlin.host.model.Nonlinearity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes Keyword Transformers as kwt1 comes. */
public final class KwtWriter {
  private KwtWriter() {}

  /** The shape of a Keyword Transformer that is small but for its heads of 64. */
  public static EncoderConfig config(int frames, int channels, int dim, int hidden, int heads) {
    return EncoderConfig.ofFrames(
        frames,
        channels,
        List.of(new Convolution(1, 1, dim, Nonlinearity.NONE)),
        dim,
        hidden,
        2,
        heads,
        64,
        NormPlacement.POST,
        Nonlinearity.GELU_TANH,
        Pooling.CLASS_TOKEN,
        1e-6,
        List.of("_silence_", "yes", "no"));
  }

  /** The safetensors in {@code folder}, and its labels beside it. */
  public static Path write(EncoderModel model, Path folder) throws IOException {
    Files.write(folder.resolve("labels.txt"), model.config().labels());
    return HuggingFaceWriter.safetensors(folder.resolve("kwt.safetensors"), tensors(model));
  }

  /** The tensors, to be changed at will. */
  public static Map<String, Tensor> tensors(EncoderModel model) {
    int dim = model.config().dim();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    linear(tensors, "embed.w", "embed.b", model.frontEnd().get(0));
    tensors.put("cls", tensor(model.classToken().orElseThrow(), 1, 1, dim));
    tensors.put("pos", tensor(model.positions(), 1, model.config().context(), dim));
    for (int layer = 0; layer < model.layers().size(); layer++) {
      block(tensors, layer + ".", model.layers().get(layer));
    }
    linear(tensors, "head.w", "head.b", model.head());
    return tensors;
  }

  private static void block(Map<String, Tensor> tensors, String prefix, Block block) {
    tensors.put(prefix + "wq", matrix(block.query().weight()));
    tensors.put(prefix + "wk", matrix(block.key().weight()));
    tensors.put(prefix + "wv", matrix(block.value().weight()));
    linear(tensors, prefix + "wo", prefix + "bo", block.output());
    linear(tensors, prefix + "w1", prefix + "b1", block.up());
    linear(tensors, prefix + "w2", prefix + "b2", block.down());
    norm(tensors, prefix + "ln1", block.attentionNorm());
    norm(tensors, prefix + "ln2", block.feedForwardNorm());
  }

  private static void linear(
      Map<String, Tensor> tensors, String weight, String bias, Linear linear) {
    tensors.put(weight, matrix(linear.weight()));
    tensors.put(bias, tensor(linear.bias(), linear.bias().columns()));
  }

  private static void norm(Map<String, Tensor> tensors, String name, Norm norm) {
    tensors.put(name + ".g", tensor(norm.gain(), norm.gain().columns()));
    tensors.put(name + ".b", tensor(norm.bias(), norm.bias().columns()));
  }

  private static Tensor matrix(Matrix matrix) {
    return tensor(matrix, matrix.rows(), matrix.columns());
  }

  /** A tensor of any shape that takes the matrix' values. */
  static Tensor tensor(Matrix matrix, Integer... shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(4 * matrix.values().length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(matrix.values());
    return new Tensor("F32", List.of(shape), bytes.array());
  }
}
