package dunlin.host.oracle;

import static dunlin.host.oracle.Rows.linear;
import static dunlin.host.oracle.Rows.show;
import static dunlin.host.oracle.Vectors.softmax;

import dunlin.host.model.Activation;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderModel.Block;
import dunlin.host.oracle.Oracle.Observer;
import java.util.Arrays;

/** Attention of all tokens to all tokens, for an {@link EncoderOracle}. */
record EncoderAttention(EncoderConfig config, Observer observer) {
  /**
   * What attention adds to the residual stream.
   *
   * @param x what queries and keys are made of, a row for each token
   * @param values what values are made of
   */
  double[][] of(Block block, double[][] x, double[][] values, int layer) {
    double[][] query = linear(block.query(), x); // S × H·P
    double[][] key = linear(block.key(), x); // S × H·P
    double[][] value = linear(block.value(), values); // S × H·P
    show(observer, layer, Activation.QUERY, query);
    show(observer, layer, Activation.KEY, key);
    show(observer, layer, Activation.VALUE, value);
    double[][] scores = new double[x.length][]; // S × H·S
    Arrays.setAll(scores, s -> scores(query[s], key));
    show(observer, layer, Activation.SCORES, scores);
    double[][] context = new double[x.length][]; // S × H·P
    Arrays.setAll(context, s -> context(scores[s], value));
    show(observer, layer, Activation.CONTEXT, context);
    return linear(block.output(), context);
  }

  /** H·S: q·k / √P of one query with every key, a head after another. */
  private double[] scores(double[] query, double[][] keys) {
    int size = config.headSize();
    double[] scores = new double[config.heads() * keys.length];
    for (int i = 0; i < scores.length; i++) {
      int from = i / keys.length * size;
      double dot = 0;
      for (int p = from; p < from + size; p++) {
        dot += query[p] * keys[i % keys.length][p];
      }
      scores[i] = dot / Math.sqrt(size);
    }
    return scores;
  }

  /** H·P: each head's softmax over one query's scores, then the values' weighted sum. */
  private double[] context(double[] scores, double[][] values) {
    int size = config.headSize();
    double[] context = new double[config.heads() * size];
    for (int head = 0; head < config.heads(); head++) {
      int from = head * values.length;
      double[] weights = Arrays.copyOfRange(scores, from, from + values.length); // S
      softmax(weights);
      for (int t = 0; t < weights.length; t++) {
        for (int p = head * size; p < (head + 1) * size; p++) {
          context[p] += weights[t] * values[t][p];
        }
      }
    }
    return context;
  }
}
