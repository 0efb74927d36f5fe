package dunlin.host.checkpoint;

import dunlin.boards.Refusal;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.Words;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.EncoderModel.Block;
import dunlin.host.model.EncoderModel.Bottleneck;
import dunlin.host.model.EncoderModel.FeedForward;
import dunlin.host.model.EncoderModel.Linear;
import dunlin.host.model.EncoderModel.Norm;
import dunlin.host.model.Matrix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * A BERT or a MobileBERT as transformers saves it: a folder with {@code config.json} and
 * safetensors. Tensors are named after transformers' modules (modeling_bert.py and
 * modeling_mobilebert.py).
 */
final class BertFolder {
  /** Before transformers 2, LayerNorm's weight and bias were called by the paper's letters. */
  private static final Map<String, String> OLD_NAMES =
      Map.of("LayerNorm.gamma", "LayerNorm.weight", "LayerNorm.beta", "LayerNorm.bias");

  private final Path folder;
  private final BertConfig bert;
  private final EncoderConfig config;
  private final NamedTensors tensors;

  private BertFolder(Path folder, BertConfig bert, IntConsumer percent) throws IOException {
    Map<String, StoredTensor> stored = stored(folder, bert);
    long bytes = stored.values().stream().mapToLong(StoredTensor::bytes).sum();
    this.folder = folder;
    this.bert = bert;
    this.config = bert.config();
    this.tensors = new NamedTensors(stored, new TensorReader(bytes, percent), this::refusal);
  }

  static boolean recognises(Path folder) throws IOException {
    return HuggingFaceFolder.recognises(folder)
        && BertConfig.recognises(folder.resolve(HuggingFaceFolder.CONFIG));
  }

  /**
   * The model.
   *
   * @param percent is told how much is done, 0 to 100
   */
  static EncoderModel read(Path folder, IntConsumer percent) throws IOException {
    BertConfig config = BertConfig.read(folder.resolve(HuggingFaceFolder.CONFIG));
    return new BertFolder(folder, config, percent).model();
  }

  /** All tensors by the names of today, but those that no such model reads. */
  private static Map<String, StoredTensor> stored(Path folder, BertConfig bert) throws IOException {
    Map<String, StoredTensor> stored = new LinkedHashMap<>();
    HuggingFaceFolder.stored(folder)
        .forEach(
            (name, tensor) -> {
              String today = name;
              for (Map.Entry<String, String> old : OLD_NAMES.entrySet()) {
                today = today.replace(old.getKey(), old.getValue());
              }
              stored.put(today, tensor);
            });
    if (!bert.pooled()) {
      stored.keySet().removeIf(name -> name.startsWith(bert.body() + "pooler."));
    }
    return stored;
  }

  private EncoderModel model() throws IOException {
    int dim = config.dim();
    String embeddings = bert.body() + "embeddings.";
    EncoderModel.Words words = words(embeddings);
    Matrix positions =
        tensors.matrix(embeddings + "position_embeddings.weight", config.context(), dim);
    List<Block> blocks = new ArrayList<>();
    for (int layer = 0; layer < config.layers(); layer++) {
      blocks.add(block(bert.body() + "encoder.layer." + layer + "."));
    }
    Optional<Linear> pooler =
        bert.pooled()
            ? Optional.of(linear(bert.body() + "pooler.dense", dim, dim))
            : Optional.empty();
    Linear head = linear(bert.head(), config.labels().size(), dim);
    tensors.expectNone("the model that config.json describes");
    return new EncoderModel(
        Checkpoints.nameOf(folder),
        config,
        List.of(),
        Optional.of(words),
        positions,
        Optional.empty(),
        blocks,
        Optional.empty(),
        pooler,
        head);
  }

  private EncoderModel.Words words(String prefix) throws IOException {
    Words words = config.words().orElseThrow();
    int dim = config.dim();
    return new EncoderModel.Words(
        tensors.matrix(prefix + "word_embeddings.weight", words.vocabulary(), words.width()),
        tensors.matrix(prefix + "token_type_embeddings.weight", words.types(), dim),
        words.projected(dim)
            ? Optional.of(linear(prefix + "embedding_transformation", dim, words.inputs()))
            : Optional.empty(),
        norm(prefix, dim));
  }

  private Block block(String prefix) throws IOException {
    int heads = config.heads() * config.headSize();
    int width = config.width();
    String attention = prefix + "attention.self.";
    FeedForward last = feedForward(prefix);
    return new Block(
        norm(prefix + "attention.output.", width),
        linear(attention + "query", heads, width),
        linear(attention + "key", heads, width),
        linear(attention + "value", heads, config.dim()),
        linear(prefix + "attention.output.dense", width, heads),
        last.norm(),
        last.up(),
        last.down(),
        config.bottleneck().isPresent() ? Optional.of(bottleneck(prefix)) : Optional.empty());
  }

  private Bottleneck bottleneck(String prefix) throws IOException {
    int dim = config.dim();
    int width = config.width();
    List<FeedForward> stack = new ArrayList<>();
    for (int i = 0; i < config.bottleneck().orElseThrow().feedForwards() - 1; i++) {
      stack.add(feedForward(prefix + "ffn." + i + "."));
    }
    return new Bottleneck(
        linear(prefix + "bottleneck.input.dense", width, dim),
        norm(prefix + "bottleneck.input.", width),
        linear(prefix + "bottleneck.attention.dense", width, dim),
        norm(prefix + "bottleneck.attention.", width),
        stack,
        linear(prefix + "output.bottleneck.dense", dim, width),
        norm(prefix + "output.bottleneck.", dim));
  }

  private FeedForward feedForward(String prefix) throws IOException {
    return new FeedForward(
        linear(prefix + "intermediate.dense", config.hidden(), config.width()),
        linear(prefix + "output.dense", config.width(), config.hidden()),
        norm(prefix + "output.", config.width()));
  }

  private Linear linear(String name, int outputs, int inputs) throws IOException {
    return tensors.linear(name + ".weight", name + ".bias", outputs, inputs);
  }

  private Norm norm(String prefix, int width) throws IOException {
    return tensors.norm(prefix + "LayerNorm.weight", prefix + "LayerNorm.bias", width);
  }

  private Refusal refusal(String what) {
    return new Refusal(
        folder + ": " + what, "config.json and weights must be of one model; download them again");
  }
}
