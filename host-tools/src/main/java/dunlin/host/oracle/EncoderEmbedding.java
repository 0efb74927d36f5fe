package dunlin.host.oracle;

import static dunlin.host.oracle.Rows.activate;
import static dunlin.host.oracle.Rows.linear;
import static dunlin.host.oracle.Rows.norm;
import static dunlin.host.oracle.Rows.show;
import static dunlin.host.oracle.Vectors.add;
import static dunlin.host.oracle.Vectors.row;

import dunlin.host.model.Activation;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.Convolution;
import dunlin.host.model.EncoderInput;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.EncoderModel.Words;
import dunlin.host.model.Features;
import dunlin.host.model.TokenSequence;
import dunlin.host.oracle.Oracle.Observer;
import java.util.Arrays;
import java.util.stream.Stream;

/** What an {@link EncoderOracle} makes of an input: the residual stream before the first block. */
record EncoderEmbedding(EncoderModel model, Observer observer) {
  /** S × E. */
  double[][] of(EncoderInput input) {
    double[][] x = input instanceof TokenSequence text ? ofText(text) : ofFrames((Features) input);
    show(observer, -1, Activation.EMBEDDING, x);
    return x;
  }

  private double[][] ofFrames(Features features) {
    EncoderConfig config = model.config();
    if (config.words().isPresent()
        || features.frames() != config.frames()
        || features.channels() != config.channels()) {
      throw new IllegalArgumentException(features.frames() + " × " + features.channels());
    }
    return placed(frontEnd(features));
  }

  /** Tokens × E. */
  private double[][] frontEnd(Features features) {
    double[] x = new double[features.values().length]; // T × C, row-major
    Arrays.setAll(x, i -> features.values()[i]);
    double[][] outputs = {};
    for (int i = 0; i < model.frontEnd().size(); i++) {
      outputs = convolve(i, x);
      show(observer, i, Activation.FRONT_END, outputs);
      x = Arrays.stream(outputs).flatMapToDouble(Arrays::stream).toArray();
    }
    return outputs;
  }

  /** Output t is a linear layer on {@code kernel} frames from {@code stride}·t on. */
  private double[][] convolve(int index, double[] x) {
    Convolution convolution = model.config().frontEnd().get(index);
    int channels = model.config().inputChannels(index);
    double[][] runs = new double[convolution.outputs(x.length / channels)][];
    for (int t = 0; t < runs.length; t++) {
      int from = t * convolution.stride() * channels;
      runs[t] = Arrays.copyOfRange(x, from, from + convolution.kernel() * channels);
    }
    return activate(convolution.activation(), linear(model.frontEnd().get(index), runs));
  }

  /** The class token if there is one, the tokens, and the positions on both. */
  private double[][] placed(double[][] tokens) {
    double[][] rows =
        Stream.concat(
                model.classToken().stream().map(token -> row(token, 0)), Arrays.stream(tokens))
            .toArray(double[][]::new);
    for (int s = 0; s < rows.length; s++) {
      add(rows[s], row(model.positions(), s));
    }
    return rows;
  }

  private double[][] ofText(TokenSequence text) {
    EncoderConfig config = model.config();
    if (config.words().isEmpty() || text.tokens().length > config.context()) {
      throw new IllegalArgumentException(text.tokens().length + " tokens");
    }
    Words words = model.words().orElseThrow();
    double[][] read = new double[text.tokens().length][]; // S × W
    Arrays.setAll(read, s -> row(words.embedding(), text.tokens()[s]));
    show(observer, -1, Activation.WORD, read);
    double[][] x = config.words().get().trigrams() ? trigrams(read) : read;
    double[][] sum = placed(words.projection().map(layer -> linear(layer, x)).orElse(x)); // S × E
    for (int s = 0; s < sum.length && words.types().rows() > 0; s++) {
      add(sum[s], row(words.types(), text.types()[s]));
    }
    show(observer, -1, Activation.EMBEDDING_SUM, sum);
    return norm(config, words.norm(), sum);
  }

  /** S × 3W: the row behind, its own, the row before; zeros outside. */
  private static double[][] trigrams(double[][] x) {
    int width = x[0].length;
    double[][] trigrams = new double[x.length][3 * width];
    for (int s = 0; s < x.length; s++) {
      for (int i = 0; i < 3; i++) {
        int from = s + 1 - i;
        if (from >= 0 && from < x.length) {
          System.arraycopy(x[from], 0, trigrams[s], i * width, width);
        }
      }
    }
    return trigrams;
  }
}
