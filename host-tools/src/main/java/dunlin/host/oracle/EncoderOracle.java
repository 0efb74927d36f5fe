package dunlin.host.oracle;

import static dunlin.host.oracle.Vectors.add;
import static dunlin.host.oracle.Vectors.multiply;
import static dunlin.host.oracle.Vectors.row;
import static dunlin.host.oracle.Vectors.softmax;

import dunlin.host.model.Activation;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.Convolution;
import dunlin.host.model.EncoderConfig.NormPlacement;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.EncoderModel.Block;
import dunlin.host.model.EncoderModel.Linear;
import dunlin.host.model.EncoderModel.Norm;
import dunlin.host.model.Features;
import dunlin.host.model.Nonlinearity;
import dunlin.host.oracle.Oracle.Observer;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * An encoder's forward pass in double precision, all tokens at once. Written to be read beside the
 * formulas; nothing here is fast. Letters are {@link EncoderConfig}'s: T frames, C channels, S
 * tokens, E dim, F hidden, H heads, P head size.
 *
 * <p>An observer sees rows of the sequence in the model's order, a class token first; of {@link
 * Activation#FRONT_END} the convolution's index as the layer, and its outputs as positions.
 */
public final class EncoderOracle {
  private final EncoderModel model;
  private final EncoderConfig config;
  private final Observer observer;

  public EncoderOracle(EncoderModel model) {
    this(model, (layer, what, position, values) -> {});
  }

  public EncoderOracle(EncoderModel model, Observer observer) {
    this.model = model;
    this.config = model.config();
    this.observer = observer;
  }

  /**
   * The logits of one clip.
   *
   * @param features T × C
   * @return one for each label, natural-log units
   */
  public double[] forward(Features features) {
    if (features.frames() != config.frames() || features.channels() != config.channels()) {
      throw new IllegalArgumentException(features.frames() + " × " + features.channels());
    }
    double[][] x = embed(frontEnd(features)); // S × E
    for (int layer = 0; layer < config.layers(); layer++) {
      x = block(model.layers().get(layer), x, layer);
    }
    double[][] pooled = {pool(x)}; // 1 × E
    show(-1, Activation.POOLED, pooled);
    double[][] logits = linear(model.head(), pooled);
    show(-1, Activation.LOGITS, logits);
    return logits[0];
  }

  /** Tokens × E. */
  private double[][] frontEnd(Features features) {
    double[] x = new double[features.values().length]; // T × C, row-major
    Arrays.setAll(x, i -> features.values()[i]);
    double[][] outputs = {};
    for (int i = 0; i < config.frontEnd().size(); i++) {
      outputs = convolve(i, x);
      show(i, Activation.FRONT_END, outputs);
      x = Arrays.stream(outputs).flatMapToDouble(Arrays::stream).toArray();
    }
    return outputs;
  }

  /** Output t is a linear layer on {@code kernel} frames from {@code stride}·t on. */
  private double[][] convolve(int index, double[] x) {
    Convolution convolution = config.frontEnd().get(index);
    int channels = config.inputChannels(index);
    double[][] runs = new double[convolution.outputs(x.length / channels)][];
    for (int t = 0; t < runs.length; t++) {
      int from = t * convolution.stride() * channels;
      runs[t] = Arrays.copyOfRange(x, from, from + convolution.kernel() * channels);
    }
    return activate(convolution.activation(), linear(model.frontEnd().get(index), runs));
  }

  /** S × E: the class token if there is one, the tokens, and the positions on both. */
  private double[][] embed(double[][] tokens) {
    int first = config.context() - tokens.length;
    double[][] x = new double[config.context()][];
    for (int s = 0; s < x.length; s++) {
      x[s] = row(model.positions(), s);
      add(x[s], s < first ? row(model.classToken().orElseThrow(), 0) : tokens[s - first]);
    }
    show(-1, Activation.EMBEDDING, x);
    return x;
  }

  /** S × E: the residual stream behind a block. */
  private double[][] block(Block block, double[][] x, int layer) {
    double[][] attended =
        residual(
            x,
            input -> attention(block, input, layer),
            Activation.ATTENTION_RESIDUAL,
            input -> norm(block.attentionNorm(), input, layer, Activation.ATTENTION_NORM),
            layer);
    return residual(
        attended,
        input -> feedForward(block, input, layer),
        Activation.FEED_FORWARD_RESIDUAL,
        input -> norm(block.feedForwardNorm(), input, layer, Activation.FEED_FORWARD_NORM),
        layer);
  }

  /** S × E: x + f(norm(x)), or norm(x + f(x)). */
  private double[][] residual(
      double[][] x,
      UnaryOperator<double[][]> f,
      Activation what,
      UnaryOperator<double[][]> norm,
      int layer) {
    boolean before = config.norm() == NormPlacement.PRE;
    double[][] sum = f.apply(before ? norm.apply(x) : x);
    for (int s = 0; s < sum.length; s++) {
      add(sum[s], x[s]);
    }
    show(layer, what, sum);
    return before ? sum : norm.apply(sum);
  }

  /** S × E: what attention adds to the residual stream. */
  private double[][] attention(Block block, double[][] x, int layer) {
    double[][] query = linear(block.query(), x); // S × H·P
    double[][] key = linear(block.key(), x); // S × H·P
    double[][] value = linear(block.value(), x); // S × H·P
    show(layer, Activation.QUERY, query);
    show(layer, Activation.KEY, key);
    show(layer, Activation.VALUE, value);
    double[][] scores = new double[x.length][]; // S × H·S
    Arrays.setAll(scores, s -> scores(query[s], key));
    show(layer, Activation.SCORES, scores);
    double[][] context = new double[x.length][]; // S × H·P
    Arrays.setAll(context, s -> context(scores[s], value));
    show(layer, Activation.CONTEXT, context);
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

  /** S × E: what the feed-forward adds to the residual stream, down · activation(up · x). */
  private double[][] feedForward(Block block, double[][] x, int layer) {
    double[][] up = linear(block.up(), x); // S × F
    show(layer, Activation.UP, up);
    double[][] hidden = activate(config.activation(), up); // S × F
    show(layer, Activation.HIDDEN, hidden);
    return linear(block.down(), hidden);
  }

  /** E: what the head reads. */
  private double[] pool(double[][] x) {
    boolean first = config.pooling() == Pooling.CLASS_TOKEN;
    double[][] read = first ? new double[][] {x[0]} : x;
    double[][] tokens =
        model.finalNorm().map(norm -> norm(norm, read, -1, Activation.FINAL_NORM)).orElse(read);
    double[] mean = new double[config.dim()];
    for (double[] token : tokens) {
      add(mean, token);
    }
    Arrays.setAll(mean, i -> mean[i] / tokens.length);
    return mean;
  }

  /** LayerNorm of each row: (x − mean) / √(variance + ε) · gain + bias. */
  private double[][] norm(Norm norm, double[][] x, int layer, Activation what) {
    double[][] y = new double[x.length][];
    Arrays.setAll(y, s -> norm(norm, x[s]));
    show(layer, what, y);
    return y;
  }

  private double[] norm(Norm norm, double[] x) {
    double mean = Arrays.stream(x).sum() / x.length;
    double squares = 0;
    for (double value : x) {
      squares += (value - mean) * (value - mean);
    }
    double scale = 1 / Math.sqrt(squares / x.length + config.normEpsilon());
    double[] y = new double[x.length];
    Arrays.setAll(
        y, i -> (x[i] - mean) * scale * norm.gain().values()[i] + norm.bias().values()[i]);
    return y;
  }

  /** W·x + b of each row. */
  private static double[][] linear(Linear linear, double[][] x) {
    double[][] y = new double[x.length][];
    for (int s = 0; s < y.length; s++) {
      y[s] = multiply(linear.weight(), x[s]);
      add(y[s], row(linear.bias(), 0));
    }
    return y;
  }

  private static double[][] activate(Nonlinearity activation, double[][] x) {
    return Arrays.stream(x)
        .map(row -> Arrays.stream(row).map(activation::at).toArray())
        .toArray(double[][]::new);
  }

  private void show(int layer, Activation what, double[][] rows) {
    for (int position = 0; position < rows.length; position++) {
      observer.observe(layer, what, position, rows[position]);
    }
  }
}
