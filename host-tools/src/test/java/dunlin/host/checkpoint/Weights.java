package dunlin.host.checkpoint;

import dunlin.host.model.FloatModel;
import dunlin.host.model.FloatModel.Block;
import dunlin.host.model.Matrix;

/** Picks a model's weights by their role. */
final class Weights {
  private Weights() {}

  static Matrix of(FloatModel model, Weight weight, int layer) {
    Block block = model.layers().get(layer);
    return switch (weight) {
      case EMBEDDING -> model.embedding();
      case ATTENTION_NORM -> block.attentionNorm();
      case QUERY -> block.query();
      case KEY -> block.key();
      case VALUE -> block.value();
      case OUTPUT -> block.output();
      case FEED_FORWARD_NORM -> block.feedForwardNorm();
      case GATE -> block.gate();
      case DOWN -> block.down();
      case UP -> block.up();
      case FINAL_NORM -> model.finalNorm();
      case HEAD -> model.head();
    };
  }
}
