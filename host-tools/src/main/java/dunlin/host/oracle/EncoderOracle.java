package dunlin.host.oracle;

import static dunlin.host.oracle.Rows.activate;
import static dunlin.host.oracle.Rows.linear;
import static dunlin.host.oracle.Rows.show;
import static dunlin.host.oracle.Rows.sum;
import static dunlin.host.oracle.Vectors.add;

import dunlin.host.model.Activation;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.NormPlacement;
import dunlin.host.model.EncoderInput;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.EncoderModel.Block;
import dunlin.host.model.EncoderModel.Norm;
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
   * The logits of one input.
   *
   * @param input T × C features, or 1 to S tokens of text
   * @return one for each label, natural-log units; where every token is pooled, one for each label
   *     of the first token, then of the next
   * @throws IllegalArgumentException if the input is of another shape than the model's
   */
  public double[] forward(EncoderInput input) {
    double[][] x = new EncoderEmbedding(model, observer).of(input); // S × E
    for (int layer = 0; layer < config.layers(); layer++) {
      Block block = model.layers().get(layer);
      x =
          block.bottleneck().isPresent()
              ? new BottleneckBlock(config, observer).of(block, x, layer)
              : block(block, x, layer);
    }
    double[][] logits = linear(model.head(), pool(x)); // a row for each that is pooled
    show(observer, -1, Activation.LOGITS, logits);
    return Arrays.stream(logits).flatMapToDouble(Arrays::stream).toArray();
  }

  /** S × E: the residual stream behind a block. */
  private double[][] block(Block block, double[][] x, int layer) {
    double[][] attended =
        residual(
            x,
            input -> new EncoderAttention(config, observer).of(block, input, input, layer),
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
    double[][] sum = sum(f.apply(before ? norm.apply(x) : x), x);
    show(observer, layer, what, sum);
    return before ? sum : norm.apply(sum);
  }

  /** S × E: what the feed-forward adds to the residual stream, down · activation(up · x). */
  private double[][] feedForward(Block block, double[][] x, int layer) {
    double[][] up = linear(block.up(), x); // S × F
    show(observer, layer, Activation.UP, up);
    double[][] hidden = activate(config.activation(), up); // S × F
    show(observer, layer, Activation.HIDDEN, hidden);
    return linear(block.down(), hidden);
  }

  /** What the head reads, a row of E or one for each token. */
  private double[][] pool(double[][] x) {
    double[][] read =
        switch (config.pooling()) {
          case CLASS_TOKEN, FIRST_TOKEN -> new double[][] {x[0]};
          case MEAN, EVERY_TOKEN -> x;
        };
    double[][] tokens =
        model.finalNorm().map(norm -> norm(norm, read, -1, Activation.FINAL_NORM)).orElse(read);
    double[][] pooled =
        switch (config.pooling()) {
          case CLASS_TOKEN, FIRST_TOKEN, EVERY_TOKEN -> tokens;
          case MEAN -> new double[][] {mean(tokens)};
        };
    show(observer, -1, Activation.POOLED, pooled);
    return model.pooler().map(pooler -> tanh(linear(pooler, pooled))).orElse(pooled);
  }

  private double[] mean(double[][] rows) {
    double[] mean = new double[config.dim()];
    for (double[] row : rows) {
      add(mean, row);
    }
    Arrays.setAll(mean, i -> mean[i] / rows.length);
    return mean;
  }

  private double[][] tanh(double[][] x) {
    double[][] y =
        Arrays.stream(x)
            .map(row -> Arrays.stream(row).map(StrictMath::tanh).toArray())
            .toArray(double[][]::new);
    show(observer, -1, Activation.POOLER, y);
    return y;
  }

  private double[][] norm(Norm norm, double[][] x, int layer, Activation what) {
    double[][] y = Rows.norm(config, norm, x);
    show(observer, layer, what, y);
    return y;
  }
}
