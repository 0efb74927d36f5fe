package dunlin.host.quantise;

import dunlin.host.model.Activation;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.NormPlacement;
import dunlin.host.model.EncoderInput;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.Features;
import dunlin.host.model.Matrix;
import dunlin.host.oracle.EncoderOracle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The largest magnitudes that a float encoder's activations reached on sample inputs; each array
 * holds those of the channels of a tensor.
 *
 * @param input [C]
 * @param frontEnd of each convolution
 * @param words [W], rows of the embedding of text
 * @param residual largest element of the residual stream anywhere
 * @param blocks for each block
 * @param pooled [E], what the head reads
 */
public record EncoderCalibration(
    double[] input,
    List<double[]> frontEnd,
    double[] words,
    double residual,
    List<Block> blocks,
    double[] pooled) {

  /**
   * One block.
   *
   * @param attention [E], what attention reads
   * @param query [H·P]
   * @param key [H·P]
   * @param value [H·P]
   * @param fusedQuery [H·E]: Wkᵀ · query of each head
   * @param context [H·P]
   * @param feedForward [E], what the feed-forward reads
   * @param hidden [F]
   * @param narrow [B] within a bottleneck: what each feed-forward reads, and what is widened
   * @param narrowHidden [F] of each feed-forward within a bottleneck
   */
  public record Block(
      double[] attention,
      double[] query,
      double[] key,
      double[] value,
      double[] fusedQuery,
      double[] context,
      double[] feedForward,
      double[] hidden,
      List<double[]> narrow,
      List<double[]> narrowHidden) {}

  /**
   * Runs the oracle over inputs.
   *
   * @param inputs at least one
   * @param progress told the number of inputs done
   */
  public static EncoderCalibration measure(
      EncoderModel model, List<? extends EncoderInput> inputs, IntConsumer progress) {
    Measurement measurement = new Measurement(model);
    for (int i = 0; i < inputs.size(); i++) {
      measurement.take(inputs.get(i));
      progress.accept(i + 1);
    }
    return measurement.peaks();
  }

  private static final class Measurement {
    private final EncoderModel model;
    private final EncoderConfig config;
    private final EncoderOracle oracle;
    private final double[] input;
    private final List<double[]> frontEnd;
    private final double[] words;
    private final double[] residual = new double[1];
    private final List<Block> blocks = new ArrayList<>();
    private final double[] pooled;

    Measurement(EncoderModel model) {
      this.model = model;
      config = model.config();
      oracle = new EncoderOracle(model, (layer, what, position, x) -> observe(layer, what, x));
      input = new double[config.channels()];
      frontEnd = config.frontEnd().stream().map(layer -> new double[layer.channels()]).toList();
      words = new double[config.words().map(EncoderConfig.Words::width).orElse(0)];
      pooled = new double[config.dim()];
      int stages = config.bottleneck().map(EncoderConfig.Bottleneck::feedForwards).orElse(0);
      int heads = config.heads() * config.headSize();
      for (int layer = 0; layer < config.layers(); layer++) {
        blocks.add(
            new Block(
                new double[config.dim()],
                new double[heads],
                new double[heads],
                new double[heads],
                new double[stages > 0 ? 0 : config.heads() * config.dim()],
                new double[heads],
                new double[config.dim()],
                new double[config.hidden()],
                peaks(stages > 0 ? stages + 1 : 0, config.width()),
                peaks(stages, config.hidden())));
      }
    }

    private static List<double[]> peaks(int tensors, int channels) {
      return Stream.generate(() -> new double[channels]).limit(tensors).toList();
    }

    void take(EncoderInput input) {
      if (input instanceof Features features) {
        raiseInput(features);
      }
      oracle.forward(input);
    }

    private void raiseInput(Features features) {
      for (int i = 0; i < features.values().length; i++) {
        int channel = i % config.channels();
        input[channel] = Math.max(input[channel], Math.abs(features.values()[i]));
      }
    }

    EncoderCalibration peaks() {
      return new EncoderCalibration(input, frontEnd, words, residual[0], blocks, pooled);
    }

    private void observe(int layer, Activation what, double[] x) {
      boolean post = config.norm() == NormPlacement.POST;
      switch (what) {
        case FRONT_END -> raise(frontEnd.get(layer), x);
        case WORD -> raise(words, x);
        case EMBEDDING_SUM -> raise(residual, x);
        case NARROW -> narrow(layer, x);
        case NARROW_HIDDEN -> {
          int stages = blocks.get(0).narrowHidden().size();
          raise(blocks.get(layer / stages).narrowHidden().get(layer % stages), x);
        }
        case EMBEDDING -> {
          raise(residual, x);
          if (post) {
            raise(blocks.get(0).attention(), x);
          }
        }
        case ATTENTION_RESIDUAL, FEED_FORWARD_RESIDUAL, FINAL_NORM -> raise(residual, x);
        case ATTENTION_NORM ->
            raise(post ? blocks.get(layer).feedForward() : blocks.get(layer).attention(), x);
        case FEED_FORWARD_NORM -> feedForwardNorm(layer, x, post);
        case QUERY -> query(layer, x);
        case KEY -> raise(blocks.get(layer).key(), x);
        case VALUE -> raise(blocks.get(layer).value(), x);
        case CONTEXT -> raise(blocks.get(layer).context(), x);
        case HIDDEN -> raise(blocks.get(layer).hidden(), x);
        case POOLED -> raise(pooled, x);
        default -> {
          // needs no scale of its own
        }
      }
      if (post && (what == Activation.ATTENTION_NORM || what == Activation.FEED_FORWARD_NORM)) {
        raise(residual, x);
      }
    }

    private void narrow(int layer, double[] x) {
      int readings = blocks.get(0).narrow().size();
      raise(blocks.get(layer / readings).narrow().get(layer % readings), x);
    }

    private void feedForwardNorm(int layer, double[] x, boolean post) {
      if (!post) {
        raise(blocks.get(layer).feedForward(), x);
      } else if (layer + 1 < config.layers()) {
        raise(blocks.get(layer + 1).attention(), x);
      }
    }

    /** The query, and what it is to the keys' input. */
    private void query(int layer, double[] query) {
      raise(blocks.get(layer).query(), query);
      if (config.bottleneck().isPresent()) {
        return;
      }
      Matrix key = model.layers().get(layer).key().weight();
      double[] fused = blocks.get(layer).fusedQuery();
      double[] sums = new double[fused.length];
      for (int i = 0; i < query.length; i++) {
        int first = i / config.headSize() * config.dim();
        for (int c = 0; c < config.dim(); c++) {
          sums[first + c] += key.at(i, c) * query[i];
        }
      }
      raise(fused, sums);
    }

    /** Keeps the larger magnitudes; all in one where there is room for one. */
    private static void raise(double[] peaks, double[] x) {
      IntStream.range(0, x.length)
          .forEach(
              i -> {
                int at = peaks.length == 1 ? 0 : i;
                peaks[at] = Math.max(peaks[at], Math.abs(x[i]));
              });
    }
  }
}
