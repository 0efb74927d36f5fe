package dunlin.host.checkpoint;

import dunlin.boards.Refusal;
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
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A Keyword Transformer (Berg, O'Connor and Cruz, arXiv 2104.00769) as safetensors, its labels
 * beside it in {@code labels.txt}:
 *
 * <pre>
 *   embed.w [E, C]  embed.b [E]  cls [1, 1, E]  pos [1, S, E]  head.w [labels, E]  head.b [labels]
 *   of block N:  N.wq N.wk N.wv [H·P, E]  N.wo [E, H·P]  N.bo [E]
 *                N.w1 [F, E]  N.b1 [F]  N.w2 [E, F]  N.b2 [E]  N.ln1.g .b  N.ln2.g .b [E]
 * </pre>
 *
 * The file says neither how wide a head is, nor the activation, nor the norm's epsilon: the
 * authors' code has them as constants.
 */
final class KwtFile {
  /** In each of the paper's three models (its table 1). */
  private static final int HEAD_SIZE = 64;

  private static final double NORM_EPSILON = 1e-6;
  private static final List<String> MARKS = List.of("embed.w", "cls", "pos", "0.wq", "head.w");

  private final Path file;
  private final NamedTensors tensors;

  private KwtFile(Path file) throws IOException {
    this.file = file;
    this.tensors = new NamedTensors(SafetensorsFile.list(file), new TensorReader(), this::refusal);
  }

  /** Whether its tensors are named as a Keyword Transformer's. */
  static boolean recognises(Path file) throws IOException {
    return SafetensorsFile.list(file).keySet().containsAll(MARKS);
  }

  static EncoderModel read(Path file) throws IOException {
    return new KwtFile(file).model();
  }

  private EncoderModel model() throws IOException {
    EncoderConfig config = config();
    int dim = config.dim();
    Linear embed = tensors.linear("embed.w", "embed.b", dim, config.channels());
    Matrix classToken = tensors.take("cls", 1, dim, 1, 1, dim);
    Matrix positions = tensors.take("pos", config.context(), dim, 1, config.context(), dim);
    Block[] blocks = new Block[config.layers()];
    for (int layer = 0; layer < blocks.length; layer++) {
      blocks[layer] = block(config, layer + ".");
    }
    Linear head = tensors.linear("head.w", "head.b", config.labels().size(), dim);
    tensors.expectNone("a Keyword Transformer");
    return new EncoderModel(
        Checkpoints.nameOf(file),
        config,
        List.of(embed),
        Optional.empty(),
        positions,
        Optional.of(classToken),
        List.of(blocks),
        Optional.empty(),
        Optional.empty(),
        head);
  }

  /** The shape, as far as the shapes of a few tensors tell it. */
  private EncoderConfig config() throws IOException {
    int dim = tensors.extent("embed.w", 0);
    int queries = tensors.extent("0.wq", 0);
    int tokens = tensors.extent("pos", 1) - 1;
    if (queries % HEAD_SIZE != 0 || tokens < 1) {
      throw refusal("%d queries in heads of %d, %d tokens".formatted(queries, HEAD_SIZE, tokens));
    }
    return EncoderConfig.ofFrames(
        tokens,
        tensors.extent("embed.w", 1),
        List.of(new Convolution(1, 1, dim, Nonlinearity.NONE)),
        dim,
        tensors.extent("0.w1", 0),
        layers(),
        queries / HEAD_SIZE,
        HEAD_SIZE,
        NormPlacement.POST,
        Nonlinearity.GELU_TANH,
        Pooling.CLASS_TOKEN,
        NORM_EPSILON,
        Labels.beside(file, tensors.extent("head.w", 0)));
  }

  private int layers() {
    int layers = 0;
    while (tensors.has(layers + ".wq")) {
      layers++;
    }
    return layers;
  }

  private Block block(EncoderConfig config, String prefix) throws IOException {
    int dim = config.dim();
    int heads = config.heads() * config.headSize();
    return new Block(
        norm(prefix + "ln1", dim),
        tensors.projection(prefix + "wq", heads, dim),
        tensors.projection(prefix + "wk", heads, dim),
        tensors.projection(prefix + "wv", heads, dim),
        tensors.linear(prefix + "wo", prefix + "bo", dim, heads),
        norm(prefix + "ln2", dim),
        tensors.linear(prefix + "w1", prefix + "b1", config.hidden(), dim),
        tensors.linear(prefix + "w2", prefix + "b2", dim, config.hidden()),
        Optional.empty());
  }

  private Norm norm(String name, int dim) throws IOException {
    return tensors.norm(name + ".g", name + ".b", dim);
  }

  private Refusal refusal(String what) {
    return new Refusal(
        file + ": " + what, "docs/encoders.md lists the tensors of a Keyword Transformer");
  }
}
