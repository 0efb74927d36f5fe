package dunlin.host.oracle;

import static dunlin.host.oracle.Vectors.add;
import static dunlin.host.oracle.Vectors.multiply;
import static dunlin.host.oracle.Vectors.row;
import static dunlin.host.oracle.Vectors.softmax;

import dunlin.host.model.Activation;
import dunlin.host.model.FloatModel;
import dunlin.host.model.FloatModel.Block;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.Matrix;
import java.util.ArrayList;
import java.util.List;

/**
 * A Llama forward pass in double precision, one token at a time, with a cache of keys and values.
 * Written to be read beside the formulas; nothing here is fast. Letters are {@link LlamaConfig}'s:
 * E dim, F hidden, H heads, KV groups, P head size, V vocabulary.
 */
public final class Oracle {
  /** Sees every intermediate as it arises. */
  public interface Observer {
    /**
     * @param layer from 0; -1 for what the model has once
     * @param what the intermediate
     * @param position of the token, from 0
     * @param values one row: to be read during the call, not kept and not changed
     */
    void observe(int layer, Activation what, int position, double[] values);
  }

  private final FloatModel model;
  private final LlamaConfig config;
  private final Observer observer;
  private final List<List<double[]>> keys = new ArrayList<>(); // layer, position: KV·P
  private final List<List<double[]>> values = new ArrayList<>(); // layer, position: KV·P

  public Oracle(FloatModel model) {
    this(model, (layer, what, position, values) -> {});
  }

  public Oracle(FloatModel model, Observer observer) {
    this.model = model;
    this.config = model.config();
    this.observer = observer;
    for (int layer = 0; layer < config.layers(); layer++) {
      keys.add(new ArrayList<>());
      values.add(new ArrayList<>());
    }
  }

  /** Forgets all positions: the next is 0. */
  public void reset() {
    keys.forEach(List::clear);
    values.forEach(List::clear);
  }

  /**
   * The logits after {@code token}.
   *
   * @param position from 0, one more at each call
   * @return V natural-log units
   */
  public double[] forward(int token, int position) {
    if (position != keys.get(0).size()) {
      throw new IllegalArgumentException("position " + position + " after " + keys.get(0).size());
    }
    double[] x = row(model.embedding(), token); // E
    observer.observe(-1, Activation.EMBEDDING, position, x);
    for (int layer = 0; layer < config.layers(); layer++) {
      Block block = model.layers().get(layer);
      add(x, attention(block, x, layer, position));
      observer.observe(layer, Activation.ATTENTION_RESIDUAL, position, x);
      add(x, feedForward(block, x, layer, position));
      observer.observe(layer, Activation.FEED_FORWARD_RESIDUAL, position, x);
    }
    double[] norm = rmsNorm(x, model.finalNorm()); // E
    observer.observe(-1, Activation.FINAL_NORM, position, norm);
    double[] logits = multiply(model.head(), norm); // V
    observer.observe(-1, Activation.LOGITS, position, logits);
    return logits;
  }

  /** E: what attention adds to the residual stream. */
  private double[] attention(Block block, double[] x, int layer, int position) {
    double[] norm = rmsNorm(x, block.attentionNorm()); // E
    double[] query = turn(multiply(block.query(), norm), position); // H·P
    double[] key = turn(multiply(block.key(), norm), position); // KV·P
    double[] value = multiply(block.value(), norm); // KV·P
    keys.get(layer).add(key);
    values.get(layer).add(value);
    double[] context = new double[query.length]; // H·P
    for (int head = 0; head < config.heads(); head++) {
      attend(query, head, layer, context);
    }
    observer.observe(layer, Activation.ATTENTION_NORM, position, norm);
    observer.observe(layer, Activation.QUERY, position, query);
    observer.observe(layer, Activation.KEY, position, key);
    observer.observe(layer, Activation.VALUE, position, value);
    observer.observe(layer, Activation.CONTEXT, position, context);
    return multiply(block.output(), context);
  }

  /** One head: softmax(q·k / √P) over all positions so far, then the values' weighted sum. */
  private void attend(double[] query, int head, int layer, double[] context) {
    int size = config.headSize();
    int from = head * size; // in query and context
    int group = head / (config.heads() / config.kvHeads()) * size; // in keys and values
    List<double[]> pastKeys = keys.get(layer);
    double[] weights = new double[pastKeys.size()]; // position + 1
    for (int t = 0; t < weights.length; t++) {
      double dot = 0;
      for (int i = 0; i < size; i++) {
        dot += query[from + i] * pastKeys.get(t)[group + i];
      }
      weights[t] = dot / Math.sqrt(size);
    }
    softmax(weights);
    for (int t = 0; t < weights.length; t++) {
      double[] value = values.get(layer).get(t);
      for (int i = 0; i < size; i++) {
        context[from + i] += weights[t] * value[group + i];
      }
    }
  }

  /** E: what the feed-forward adds to the residual stream, down · (silu(gate · x) × up · x). */
  private double[] feedForward(Block block, double[] x, int layer, int position) {
    double[] norm = rmsNorm(x, block.feedForwardNorm()); // E
    double[] gate = multiply(block.gate(), norm); // F
    double[] up = multiply(block.up(), norm); // F
    double[] hidden = new double[gate.length]; // F
    for (int i = 0; i < hidden.length; i++) {
      hidden[i] = gate[i] / (1 + StrictMath.exp(-gate[i])) * up[i];
    }
    observer.observe(layer, Activation.FEED_FORWARD_NORM, position, norm);
    observer.observe(layer, Activation.GATE, position, gate);
    observer.observe(layer, Activation.UP, position, up);
    observer.observe(layer, Activation.HIDDEN, position, hidden);
    return multiply(block.down(), hidden);
  }

  /** x / √(mean(x²) + ε) × gain. */
  private double[] rmsNorm(double[] x, Matrix gain) {
    double squares = 0;
    for (double value : x) {
      squares += value * value;
    }
    double scale = 1 / Math.sqrt(squares / x.length + config.normEpsilon());
    double[] norm = new double[x.length];
    for (int i = 0; i < norm.length; i++) {
      norm[i] = x[i] * scale * gain.values()[i];
    }
    return norm;
  }

  /** Rotary embedding, in place: pair i of each head turns by position × θ^(-2i/P). */
  private double[] turn(double[] x, int position) {
    int size = config.headSize();
    for (int i = 0; i < x.length; i += 2) {
      double angle = position * StrictMath.pow(config.ropeTheta(), -(double) (i % size) / size);
      double even = x[i];
      double odd = x[i + 1];
      x[i] = even * StrictMath.cos(angle) - odd * StrictMath.sin(angle);
      x[i + 1] = even * StrictMath.sin(angle) + odd * StrictMath.cos(angle);
    }
    return x;
  }
}
