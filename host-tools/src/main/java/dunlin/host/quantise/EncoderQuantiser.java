package dunlin.host.quantise;

import static dunlin.host.quantise.Vectors.constant;
import static dunlin.host.quantise.Vectors.largest;
import static dunlin.host.quantise.Vectors.vector;

import dunlin.boards.Refusal;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.NormPlacement;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.EncoderModel.Linear;
import dunlin.host.model.Matrix;
import dunlin.host.model.Nonlinearity;
import dunlin.host.quantise.QuantisedEncoder.Activated;
import dunlin.host.quantise.QuantisedEncoder.Affine;
import dunlin.host.quantise.QuantisedEncoder.Block;
import dunlin.host.quantise.QuantisedEncoder.Entry;
import dunlin.host.quantise.QuantisedEncoder.Norm;
import dunlin.host.quantise.QuantisedModel.Projection;
import dunlin.kernels.LayerNorm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rounds a float encoder to integers. Every activation has a static scale for each channel, from
 * calibration, and saturates; what a channel's step is worth is multiplied into the weights that
 * read it. Widths and shifts follow from bounds that hold for any input.
 */
public final class EncoderQuantiser {
  private static final int INT8 = 127;

  /** 12 significant bits at what calibration saw, and so many times as far. */
  private static final double INT16_HEADROOM = 4;

  private static final int INT16 = (1 << (QuantisedEncoder.HIDDEN_BITS - 1)) - 1;

  /** The residual stream may grow to this many times what calibration saw before it saturates. */
  private static final double RESIDUAL_HEADROOM = 8;

  /** {@link dunlin.kernels.Activation} takes 16 to 28 fraction bits. */
  private static final int LEAST_FRACTION_BITS = 16;

  private static final int MOST_FRACTION_BITS = 28;

  /** What is activated stays below 2^29. */
  private static final int ACTIVATED_BITS = 29;

  private final EncoderModel model;
  private final EncoderConfig config;
  private final EncoderCalibration calibration;
  private final boolean fused;

  private EncoderQuantiser(EncoderModel model, EncoderCalibration calibration, Fusing fusing) {
    this.model = model;
    this.config = model.config();
    this.calibration = calibration;
    fused = fusing.of(config);
  }

  /**
   * Quantises.
   *
   * @param calibration measured on {@code model}
   * @param fusing whether layers' query and key weights are folded into one matrix
   */
  public static QuantisedEncoder quantise(
      EncoderModel model, EncoderCalibration calibration, Fusing fusing) {
    return new EncoderQuantiser(model, calibration, fusing).quantise();
  }

  /** A linear layer with its activation, and what a step of its results is worth. */
  private record Step(Activated layer, double step) {}

  /** A block before the stream has its fixed point. */
  private record Draft(
      double[] attentionSteps,
      AttentionQuantiser.Quantised attention,
      double[] feedForwardSteps,
      Activated up,
      SumRows down) {}

  private QuantisedEncoder quantise() {
    double[] inputSteps =
        vector(config.channels(), i -> int16Step(Math.max(calibration.input()[i], 0x1p-20)));
    List<Activated> frontEnd = new ArrayList<>();
    double[] steps = inputSteps;
    for (int i = 0; i < config.frontEnd().size() - 1; i++) {
      Step step = frontEnd(i, steps);
      frontEnd.add(step.layer());
      steps = new double[] {step.step()};
    }
    SumRows tokens = tokens(steps);
    Rounding.Rows positions = Rounding.rows("positions", positions());
    Rounding.Multipliers positionMultipliers = Rounding.multipliers(positions.scales());
    List<Draft> drafts = IntStream.range(0, config.layers()).mapToObj(this::draft).toList();
    int fraction = residualFraction(tokens, positionMultipliers, drafts);
    double[] headSteps = steps(calibration.pooled(), model.head().weight());
    Rounding.Rows head =
        Rounding.rows("head", Equalisation.multiplyColumns(model.head().weight(), headSteps));
    return new QuantisedEncoder(
        model.name(),
        config,
        fraction,
        inputSteps,
        frontEnd,
        tokens.at(fraction),
        positions.matrix(),
        positionMultipliers.values(),
        -8 - positionMultipliers.exponent() - fraction,
        IntStream.range(0, drafts.size())
            .mapToObj(layer -> block(layer, drafts.get(layer), fraction))
            .toList(),
        headEntry(headSteps, fraction),
        logits(head),
        logitBiases(),
        EncoderTables.of(config));
  }

  private Step frontEnd(int index, double[] steps) {
    return activated(
        "front end " + index,
        model.frontEnd().get(index),
        tiled(steps, model.frontEnd().get(index).weight().columns()),
        QuantisedEncoder.HIDDEN_BITS,
        calibration.frontEnd().get(index));
  }

  /** The convolution that makes tokens. */
  private SumRows tokens(double[] steps) {
    int last = config.frontEnd().size() - 1;
    if (config.frontEnd().get(last).activation() != Nonlinearity.NONE) {
      throw new Refusal(
          model.name() + ": an activation behind the last convolution",
          "give the layer that makes tokens the activation none");
    }
    Linear linear = model.frontEnd().get(last);
    return SumRows.of(
        model.name(),
        "front end " + last,
        linear,
        tiled(steps, linear.weight().columns()),
        QuantisedEncoder.HIDDEN_BITS);
  }

  /** The steps of an input's channels, frame after frame. */
  private static double[] tiled(double[] steps, int columns) {
    return vector(columns, i -> steps[i % steps.length]);
  }

  /** S × E, the class token's last, and that token with it. */
  private Matrix positions() {
    Matrix positions = model.positions();
    if (config.pooling() != Pooling.CLASS_TOKEN) {
      return positions;
    }
    int dim = config.dim();
    int last = (config.context() - 1) * dim;
    float[] rows = new float[config.context() * dim];
    System.arraycopy(positions.values(), dim, rows, 0, last);
    float[] token = model.classToken().orElseThrow().values();
    for (int c = 0; c < dim; c++) {
      rows[last + c] = positions.values()[c] + token[c];
    }
    return new Matrix(positions.name(), config.context(), dim, rows);
  }

  private Draft draft(int layer) {
    EncoderModel.Block block = model.layers().get(layer);
    EncoderCalibration.Block peaks = calibration.blocks().get(layer);
    String name = "layer " + layer + " ";
    double[] attentionSteps =
        steps(
            peaks.attention(),
            block.query().weight(),
            block.key().weight(),
            block.value().weight());
    double[] feedForwardSteps = steps(peaks.feedForward(), block.up().weight());
    Step up = activated(name + "up", block.up(), feedForwardSteps, 8, peaks.hidden());
    double[] hiddenSteps = constant(config.hidden(), up.step());
    return new Draft(
        attentionSteps,
        new AttentionQuantiser(model.name(), name, config, block, peaks, attentionSteps, fused)
            .quantise(),
        feedForwardSteps,
        up.layer(),
        SumRows.of(
            model.name(), name + "down", block.down(), hiddenSteps, QuantisedEncoder.HIDDEN_BITS));
  }

  /** int8 steps of channels, each between its own range and what its readers' weights can bear. */
  private static double[] steps(double[] peaks, Matrix... readers) {
    double[] factors = Equalisation.factors(peaks, Equalisation.NORM_STRENGTH, readers);
    double largest = largest(vector(peaks.length, i -> peaks[i] / factors[i]));
    return vector(peaks.length, i -> factors[i] * largest / INT8);
  }

  private static double int16Step(double peak) {
    return peak * INT16_HEADROOM / INT16;
  }

  /** A linear layer and an activation, to int16. */
  private Step activated(
      String name, Linear linear, double[] steps, int bits, double[] outputPeaks) {
    Rounding.Rows rows = Rounding.rows(name, Equalisation.multiplyColumns(linear.weight(), steps));
    int left = Rounding.left(model.name(), rows.matrix(), bits);
    double[] bias = Vectors.of(linear.bias());
    int fraction = activatedFraction(name, rows, bias, bits, left);
    Affine table =
        Affines.of(
            model.name() + ": " + name,
            vector(bias.length, i -> Math.scalb(rows.scales()[i], fraction - left)),
            vector(bias.length, i -> Math.scalb(bias[i], fraction)));
    double step = Math.max(int16Step(largest(outputPeaks)), Math.scalb(1.0, 2 - fraction));
    double worth = Math.scalb(1.0, -fraction) / step;
    int exponent = Math.getExponent(worth) - 30;
    int multiplier = (int) Math.min(Math.rint(Math.scalb(worth, -exponent)), Integer.MAX_VALUE);
    int shift = -32 - exponent;
    return new Step(new Activated(rows.matrix(), left, table, fraction, multiplier, shift), step);
  }

  /**
   * The most fraction bits that hold whatever an input's saturated channels can sum up to, and are
   * no finer than the sums.
   */
  private int activatedFraction(
      String name, Rounding.Rows rows, double[] bias, int bits, int left) {
    double bound = 0;
    for (int row = 0; row < bias.length; row++) {
      long sum = 0;
      for (int c = 0; c < rows.matrix().columns(); c++) {
        sum += Math.abs(rows.matrix().values()[row * rows.matrix().columns() + c]);
      }
      double most = (double) sum * (1 << (bits - 1)) * rows.scales()[row];
      bound = Math.max(bound, most + Math.abs(bias[row]));
    }
    int fraction = ACTIVATED_BITS - 1 - Rounding.ceilLog2(Math.max(bound, 0x1p-20));
    fraction = Math.min(fraction, left - 3 - Rounding.ceilLog2(largest(rows.scales())));
    if (fraction < LEAST_FRACTION_BITS) {
      throw new Refusal(
          model.name() + ": " + name + " leaves " + fraction + " fraction bits of 16",
          "check the checkpoint's weights");
    }
    return Math.min(fraction, MOST_FRACTION_BITS);
  }

  /** The most fraction bits that leave head room, and every term of the stream a shift. */
  private int residualFraction(SumRows tokens, Rounding.Multipliers positions, List<Draft> drafts) {
    double range = Math.max(calibration.residual(), 0x1p-20) * RESIDUAL_HEADROOM;
    int fraction = Math.min(31 - Rounding.ceilLog2(range), -9 - positions.exponent());
    fraction = Math.min(fraction, tokens.mostFraction());
    for (Draft draft : drafts) {
      fraction = Math.min(fraction, draft.attention().output().mostFraction());
      fraction = Math.min(fraction, draft.down().mostFraction());
    }
    double gain = largest(norms().flatMapToDouble(norm -> magnitudes(norm.gain())).toArray());
    double bias = largest(norms().flatMapToDouble(norm -> magnitudes(norm.bias())).toArray());
    int normal = LayerNorm.fractionBits(config.dim());
    fraction = Math.min(fraction, normal - 2 - Rounding.ceilLog2(gain));
    return Math.min(fraction, MOST_FRACTION_BITS - Rounding.ceilLog2(bias));
  }

  private Stream<EncoderModel.Norm> norms() {
    return Stream.concat(
        model.layers().stream()
            .flatMap(block -> Stream.of(block.attentionNorm(), block.feedForwardNorm())),
        model.finalNorm().stream());
  }

  private static java.util.stream.DoubleStream magnitudes(Matrix row) {
    return Arrays.stream(Vectors.of(row)).map(Math::abs);
  }

  private Block block(int layer, Draft draft, int fraction) {
    EncoderModel.Block block = model.layers().get(layer);
    boolean before = config.norm() == NormPlacement.PRE;
    String name = "layer " + layer + " ";
    Entry attention;
    if (before) {
      attention =
          entry(name + "attention norm", block.attentionNorm(), draft.attentionSteps(), fraction);
    } else if (layer == 0) {
      attention = streamEntry("embedding", draft.attentionSteps(), fraction);
    } else {
      attention =
          replacing(
              "layer " + (layer - 1) + " feed-forward norm",
              model.layers().get(layer - 1).feedForwardNorm(),
              draft.attentionSteps(),
              fraction);
    }
    Entry feedForward =
        before
            ? entry(
                name + "feed-forward norm",
                block.feedForwardNorm(),
                draft.feedForwardSteps(),
                fraction)
            : replacing(
                name + "attention norm", block.attentionNorm(), draft.feedForwardSteps(), fraction);
    return new Block(
        attention,
        draft.attention().attention(),
        draft.attention().output().at(fraction),
        feedForward,
        draft.up(),
        draft.down().at(fraction));
  }

  private Entry headEntry(double[] steps, int fraction) {
    EncoderModel.Block last = model.layers().get(config.layers() - 1);
    EncoderModel.Norm norm = model.finalNorm().orElse(last.feedForwardNorm());
    if (config.pooling() == Pooling.CLASS_TOKEN) {
      return entry("final norm", norm, steps, fraction);
    }
    Norm replaced = norm("final norm", norm, fraction, true);
    return new Entry(Optional.of(replaced), streamEntry("mean", steps, fraction).output());
  }

  /** A normalised stream to int8, the stream as it is. */
  private Entry entry(String name, EncoderModel.Norm norm, double[] steps, int fraction) {
    return new Entry(Optional.of(norm(name, norm, fraction, false)), output(name, norm, steps));
  }

  /** A normalised stream to int8, and to the stream. */
  private Entry replacing(String name, EncoderModel.Norm norm, double[] steps, int fraction) {
    return new Entry(Optional.of(norm(name, norm, fraction, true)), output(name, norm, steps));
  }

  /** The stream itself to int8. */
  private Entry streamEntry(String name, double[] steps, int fraction) {
    Affine output =
        Affines.of(
            model.name() + ": " + name,
            vector(steps.length, i -> Math.scalb(1 / steps[i], -fraction)),
            constant(steps.length, 0));
    return new Entry(Optional.empty(), output);
  }

  private Affine output(String name, EncoderModel.Norm norm, double[] steps) {
    int normal = LayerNorm.fractionBits(config.dim());
    double[] gain = Vectors.of(norm.gain());
    double[] bias = Vectors.of(norm.bias());
    return Affines.of(
        model.name() + ": " + name,
        vector(steps.length, i -> Math.scalb(gain[i] / steps[i], -normal)),
        vector(steps.length, i -> bias[i] / steps[i]));
  }

  private Norm norm(String name, EncoderModel.Norm norm, int fraction, boolean replaces) {
    int normal = LayerNorm.fractionBits(config.dim());
    double[] gain = Vectors.of(norm.gain());
    double[] bias = Vectors.of(norm.bias());
    Optional<Affine> residual =
        replaces
            ? Optional.of(
                Affines.of(
                    model.name() + ": " + name,
                    vector(gain.length, i -> Math.scalb(gain[i], fraction - normal)),
                    vector(bias.length, i -> Math.scalb(bias[i], fraction))))
            : Optional.empty();
    return new Norm(
        Rounding.scale(1.0 / config.dim()),
        Rounding.scale(Math.scalb(config.normEpsilon(), 2 * fraction)),
        residual);
  }

  /** The head, for inputs of scale one. */
  private Projection logits(Rounding.Rows head) {
    int left = Rounding.left(model.name(), head.matrix(), 8);
    Rounding.Multipliers m = Rounding.multipliers(head.scales());
    int shift = 64 + m.exponent() + QuantisedModel.LOGIT_FRACTION - left;
    int[] fractions = {QuantisedModel.LOGIT_FRACTION};
    return new Projection(head.matrix(), m.values(), left, shift, fractions, 0);
  }

  private int[] logitBiases() {
    return Arrays.stream(Vectors.of(model.head().bias()))
        .mapToInt(bias -> (int) Math.rint(Math.scalb(bias, QuantisedModel.LOGIT_FRACTION)))
        .toArray();
  }
}
