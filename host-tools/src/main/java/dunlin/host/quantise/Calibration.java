package dunlin.host.quantise;

import dunlin.host.model.Activation;
import dunlin.host.model.FloatModel;
import dunlin.host.model.LlamaConfig;
import dunlin.host.oracle.Oracle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The largest magnitudes that a float model's activations reached on sample text.
 *
 * @param residual largest element of the residual stream anywhere
 * @param blocks for each block
 */
public record Calibration(double residual, List<Block> blocks) {

  /**
   * One block; each array holds the largest magnitude of a channel.
   *
   * @param attentionNorm [E]
   * @param context [H·P]
   * @param feedForwardNorm [E]
   * @param hidden [F]
   */
  public record Block(
      double[] attentionNorm, double[] context, double[] feedForwardNorm, double[] hidden) {}

  /**
   * Runs the oracle over {@code sequences}, each from position 0.
   *
   * @param sequences token sequences, each at most the model's context
   * @param progress told the number of tokens done
   */
  public static Calibration measure(FloatModel model, List<int[]> sequences, IntConsumer progress) {
    LlamaConfig config = model.config();
    List<Block> blocks = new ArrayList<>();
    for (int layer = 0; layer < config.layers(); layer++) {
      blocks.add(
          new Block(
              new double[config.dim()],
              new double[config.heads() * config.headSize()],
              new double[config.dim()],
              new double[config.hidden()]));
    }
    double[] residual = new double[1];
    Oracle oracle =
        new Oracle(
            model,
            (layer, what, position, values) -> {
              double[] peaks = peaks(blocks, residual, layer, what);
              for (int i = 0; peaks != null && i < values.length; i++) {
                int channel = peaks == residual ? 0 : i;
                peaks[channel] = Math.max(peaks[channel], Math.abs(values[i]));
              }
            });
    int done = 0;
    for (int[] sequence : sequences) {
      oracle.reset();
      for (int position = 0; position < sequence.length; position++) {
        oracle.forward(sequence[position], position);
        progress.accept(++done);
      }
    }
    return new Calibration(residual[0], blocks);
  }

  /** Where the magnitudes of an activation are kept; null for those that need none. */
  private static double[] peaks(List<Block> blocks, double[] residual, int layer, Activation what) {
    return switch (what) {
      case EMBEDDING, ATTENTION_RESIDUAL, FEED_FORWARD_RESIDUAL -> residual;
      case ATTENTION_NORM -> blocks.get(layer).attentionNorm();
      case CONTEXT -> blocks.get(layer).context();
      case FEED_FORWARD_NORM -> blocks.get(layer).feedForwardNorm();
      case HIDDEN -> blocks.get(layer).hidden();
      case QUERY, KEY, VALUE, GATE, UP, FINAL_NORM, LOGITS -> null;
      case FRONT_END, WORD, EMBEDDING_SUM, SCORES, NARROW, NARROW_HIDDEN, POOLER, POOLED ->
          throw new IllegalArgumentException(what + " of a decoder");
    };
  }
}
