package dunlin.host.quantise;

import static dunlin.host.quantise.Vectors.constant;
import static dunlin.host.quantise.Vectors.largest;

import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.EncoderModel.Linear;
import dunlin.host.model.Matrix;
import dunlin.host.quantise.QuantisedEncoder.Entry;
import dunlin.host.quantise.QuantisedModel.Projection;
import dunlin.kernels.LayerNorm;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rounds a float encoder to integers. Every activation has a static scale for each channel, from
 * calibration, and saturates; what a channel's step is worth is multiplied into the weights that
 * read it. Widths and shifts follow from bounds that hold for any input.
 */
public final class EncoderQuantiser {
  /** The residual stream may grow to this many times what calibration saw before it saturates. */
  private static final double RESIDUAL_HEADROOM = 8;

  private static final int MOST_FRACTION_BITS = 28;

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

  private QuantisedEncoder quantise() {
    StartDraft start =
        config.words().isPresent()
            ? WordsDraft.of(model, calibration)
            : FramesDraft.of(model, calibration);
    EmbeddedRows positions = EmbeddedRows.of("positions", positions());
    List<BlockDraft> drafts = IntStream.range(0, config.layers()).mapToObj(this::draft).toList();
    int fraction = residualFraction(start, positions, drafts);
    Matrix reader = model.pooler().orElse(model.head()).weight();
    double[] pooledSteps = StreamEntries.steps(calibration.pooled(), reader);
    Optional<ActivatedRows> pooler = model.pooler().map(layer -> pooler(layer, pooledSteps));
    return new QuantisedEncoder(
        model.name(),
        config,
        fraction,
        start.at(fraction),
        positions.at(fraction),
        new BlockEntries(model, drafts, fraction).blocks(narrowFraction(drafts)),
        headEntry(pooledSteps, fraction),
        pooler.map(ActivatedRows::layer),
        pooler.isPresent()
            ? logits(constant(config.dim(), pooler.get().step()), QuantisedEncoder.HIDDEN_BITS)
            : logits(pooledSteps, 8),
        logitBiases(),
        EncoderTables.of(config, pooler.isPresent()));
  }

  private BlockDraft draft(int layer) {
    EncoderCalibration.Block peaks = calibration.blocks().get(layer);
    return config.bottleneck().isPresent()
        ? BottleneckDraft.of(model, layer, peaks)
        : PlainDraft.of(model, layer, peaks, fused);
  }

  private ActivatedRows pooler(Linear layer, double[] steps) {
    return ActivatedRows.of(model.name(), "pooler", layer, steps, 8, new double[] {1});
  }

  /** S × E; a class token's last, and that token with it. */
  private Matrix positions() {
    if (config.words().isPresent()) {
      return WordsDraft.positions(model);
    }
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

  /** The most fraction bits that leave head room, and every term of the stream a shift. */
  private int residualFraction(StartDraft start, EmbeddedRows positions, List<BlockDraft> drafts) {
    int fraction = Math.min(headroom(calibration.residual()), positions.mostFraction());
    fraction = Math.min(fraction, start.mostFraction());
    for (BlockDraft draft : drafts) {
      fraction = Math.min(fraction, draft.mostFraction());
    }
    if (config.bottleneck().isPresent()) {
      return Math.min(fraction, MOST_FRACTION_BITS);
    }
    double gain = largest(norms().flatMapToDouble(norm -> magnitudes(norm.gain())).toArray());
    double bias = largest(norms().flatMapToDouble(norm -> magnitudes(norm.bias())).toArray());
    int normal = LayerNorm.fractionBits(config.dim());
    fraction = Math.min(fraction, normal - 2 - Rounding.ceilLog2(gain));
    return Math.min(fraction, MOST_FRACTION_BITS - Rounding.ceilLog2(bias));
  }

  /** The same of the streams within bottlenecks; 0 where there are none. */
  private int narrowFraction(List<BlockDraft> drafts) {
    if (config.bottleneck().isEmpty()) {
      return 0;
    }
    double peak =
        calibration.blocks().stream()
            .flatMap(block -> block.narrow().stream())
            .mapToDouble(Vectors::largest)
            .max()
            .orElseThrow();
    return drafts.stream()
        .mapToInt(draft -> ((BottleneckDraft) draft).mostNarrowFraction())
        .reduce(Math.min(headroom(peak), MOST_FRACTION_BITS), Math::min);
  }

  private static int headroom(double peak) {
    return 31 - Rounding.ceilLog2(Math.max(peak, 0x1p-20) * RESIDUAL_HEADROOM);
  }

  private Stream<EncoderModel.Norm> norms() {
    return Stream.of(
            model.words().stream().map(EncoderModel.Words::norm),
            model.layers().stream()
                .flatMap(block -> Stream.of(block.attentionNorm(), block.feedForwardNorm())),
            model.finalNorm().stream())
        .flatMap(norms -> norms);
  }

  private static DoubleStream magnitudes(Matrix row) {
    return Arrays.stream(Vectors.of(row)).map(Math::abs);
  }

  private Entry headEntry(double[] steps, int fraction) {
    StreamEntries entries = new StreamEntries(model.name(), config, fraction);
    if (config.bottleneck().isPresent()) {
      return new Entry(Optional.empty(), entries.plain("final stream", steps));
    }
    EncoderModel.Block last = model.layers().get(config.layers() - 1);
    EncoderModel.Norm norm = model.finalNorm().orElse(last.feedForwardNorm());
    if (config.pooling() == Pooling.MEAN) {
      QuantisedEncoder.Norm replaced = entries.norm("final norm", norm, true);
      return new Entry(Optional.of(replaced), entries.plain("mean", steps));
    }
    return entries.normalised("final norm", norm, steps);
  }

  /**
   * The head, for inputs of scale one.
   *
   * @param steps of its inputs
   * @param bits of its inputs
   */
  private Projection logits(double[] steps, int bits) {
    Rounding.Rows head =
        Rounding.rows("head", Equalisation.multiplyColumns(model.head().weight(), steps));
    int left = Rounding.left(model.name(), head.matrix(), bits);
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
