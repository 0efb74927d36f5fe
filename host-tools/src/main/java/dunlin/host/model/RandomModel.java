package dunlin.host.model;

import dunlin.host.model.FloatModel.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Seeded random weights for any shape: for tests, and for measuring shapes of which nobody has a
 * checkpoint. Weights are uniform with variance 1/columns, so activations keep their size from
 * layer to layer; gains lie in 0.8 to 1.2.
 */
public final class RandomModel {
  private final LlamaConfig config;
  private final Random random;

  private RandomModel(LlamaConfig config, long seed) {
    this.config = config;
    this.random = new Random(seed);
  }

  /** The model that {@code seed} stands for: the same floats on every machine. */
  public static FloatModel of(LlamaConfig config, boolean tied, long seed) {
    return new RandomModel(config, seed).model("random-" + seed, tied);
  }

  private FloatModel model(String name, boolean tied) {
    Matrix embedding = weight("embedding", config.vocabulary(), config.dim());
    List<Block> layers = new ArrayList<>();
    for (int layer = 0; layer < config.layers(); layer++) {
      layers.add(block("layers." + layer + "."));
    }
    Matrix head = tied ? embedding : weight("head", config.vocabulary(), config.dim());
    return new FloatModel(name, config, embedding, List.copyOf(layers), gain("norm"), head);
  }

  private Block block(String prefix) {
    int queries = config.heads() * config.headSize();
    int keys = config.kvHeads() * config.headSize();
    return new Block(
        gain(prefix + "attention_norm"),
        weight(prefix + "query", queries, config.dim()),
        weight(prefix + "key", keys, config.dim()),
        weight(prefix + "value", keys, config.dim()),
        weight(prefix + "output", config.dim(), queries),
        gain(prefix + "feed_forward_norm"),
        weight(prefix + "gate", config.hidden(), config.dim()),
        weight(prefix + "up", config.hidden(), config.dim()),
        weight(prefix + "down", config.dim(), config.hidden()));
  }

  private Matrix weight(String name, int rows, int columns) {
    return uniform(name, rows, columns, 0, (float) Math.sqrt(3.0 / columns));
  }

  private Matrix gain(String name) {
    return uniform(name, 1, config.dim(), 1, 0.2f);
  }

  private Matrix uniform(String name, int rows, int columns, float centre, float reach) {
    return Matrix.uniform(name, rows, columns, centre, reach, random);
  }
}
