package dunlin.host.quantise;

import dunlin.boards.Refusal;
import dunlin.host.model.FloatModel;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.Matrix;
import dunlin.host.quantise.Equalisation.Equalised;
import dunlin.host.quantise.QuantisedDecoder.Attention;
import dunlin.host.quantise.QuantisedDecoder.Block;
import dunlin.host.quantise.QuantisedDecoder.Gate;
import dunlin.host.quantise.QuantisedDecoder.Norm;
import dunlin.host.quantise.QuantisedModel.Projection;
import dunlin.host.quantise.QuantisedModel.Sum;
import java.util.ArrayList;
import java.util.List;

/**
 * Rounds an equalised float model to integers. Every width and shift is chosen from bounds that
 * hold for any input (Σ|w| · max|x|, ‖w‖ · √E for what follows a norm), never from what calibration
 * happened to see; calibration chooses only the step of the two sharded activations, which
 * saturate, and the head room of the residual stream, which saturates too.
 */
public final class Quantiser {
  /** Significant bits of the attention context: int8. */
  static final int CONTEXT_BITS = 8;

  /**
   * Bits of the feed-forward's hidden activations: 12 significant ones at the largest value that
   * calibration saw, and {@link #HIDDEN_HEADROOM} times as far before they saturate, for the rare
   * token that goes further. int16 holds them.
   */
  static final int HIDDEN_BITS = 14;

  private static final int HIDDEN_HEADROOM = 4;

  /** The residual stream may grow to this many times what calibration saw before it saturates. */
  private static final double RESIDUAL_HEADROOM = 8;

  /** {@link dunlin.kernels.Requantise#rows} gives results below 2^28. */
  private static final int PROJECTION_BITS = 28;

  /** What {@link dunlin.kernels.GatedActivation} multiplies stays below 2^30. */
  private static final int FACTOR_BITS = 30;

  /** {@link dunlin.kernels.GatedActivation} takes 16 to 28 fraction bits. */
  private static final int MOST_FRACTION_BITS = 28;

  /** How many more bits a smaller tensor can have; one that is all zeros would have any number. */
  private static final int MOST_GROWTH = 24;

  /** Steps of the residual stream that the largest element of an embedding must be worth. */
  private static final int LEAST_EMBEDDING = 32;

  /** What is shifted so far right is 0 however much further it should go: products are < 2^30. */
  private static final int DEAD_SHIFT = 31;

  private final FloatModel model;
  private final LlamaConfig config;
  private final Calibration calibration;

  private Quantiser(FloatModel model, Calibration calibration) {
    this.model = model;
    this.config = model.config();
    this.calibration = calibration;
  }

  /** Quantises. */
  public static QuantisedDecoder quantise(Equalised equalised) {
    return new Quantiser(equalised.model(), equalised.calibration()).quantise();
  }

  private QuantisedDecoder quantise() {
    Rounding.Rows head = Rounding.rows("head", model.head());
    Rounding.Rows embedding = model.tied() ? head : Rounding.rows("embedding", model.embedding());
    List<Shards> shards = new ArrayList<>();
    for (int layer = 0; layer < config.layers(); layer++) {
      shards.add(shards(layer));
    }
    Rounding.Multipliers rows = Rounding.multipliers(embedding.scales());
    int fraction = residualFraction(shards, rows);
    refuseLostEmbedding(fraction);
    List<Block> blocks = new ArrayList<>();
    for (int layer = 0; layer < config.layers(); layer++) {
      blocks.add(block(layer, shards.get(layer), fraction));
    }
    return new QuantisedDecoder(
        model.name(),
        config,
        fraction,
        embedding.matrix(),
        rows.values(),
        Math.min(-8 - rows.exponent() - fraction, DEAD_SHIFT),
        blocks,
        norm(model.finalNorm(), fraction),
        projection(head, model.finalNorm(), QuantisedModel.LOGIT_FRACTION),
        Tables.of(config));
  }

  /**
   * The sharded activations of one block: who writes the second, what a step of each is worth, and
   * who reads them.
   */
  private record Shards(
      Projection gateUp,
      double contextStep,
      double hiddenStep,
      Rounding.Rows output,
      Rounding.Rows down) {}

  private Shards shards(int layer) {
    FloatModel.Block b = model.layers().get(layer);
    Calibration.Block peaks = calibration.blocks().get(layer);
    String name = "layer " + layer + " ";
    Rounding.Rows gateUp = Rounding.rows(name + "gate, up", b.gate(), b.up());
    Projection projection = projection(gateUp, b.feedForwardNorm(), MOST_FRACTION_BITS);
    // Where gate and up seldom come near their bounds, their product has no finer steps to give.
    double finest = Math.scalb(1.0, 34 - productBits(projection));
    double hiddenStep = step(peaks.hidden(), HIDDEN_BITS) * HIDDEN_HEADROOM;
    return new Shards(
        projection,
        step(peaks.context(), CONTEXT_BITS),
        Math.max(hiddenStep, finest),
        Rounding.rows(name + "output", b.output()),
        Rounding.rows(name + "down", b.down()));
  }

  /** The largest magnitude becomes the largest number; an activation that is always 0 gets any. */
  private static double step(double[] peaks, int bits) {
    double peak = 0;
    for (double p : peaks) {
      peak = Math.max(peak, p);
    }
    return (peak == 0 ? 1 : peak) / ((1 << (bits - 1)) - 1);
  }

  /**
   * The most fraction bits that leave head room, and leave each term of the stream a shift to the
   * right of at least 1.
   */
  private int residualFraction(List<Shards> shards, Rounding.Multipliers embedding) {
    double range = Math.max(calibration.residual(), 0x1p-20) * RESIDUAL_HEADROOM;
    int fraction = 31 - Rounding.ceilLog2(range);
    fraction = Math.min(fraction, -9 - embedding.exponent());
    for (Shards s : shards) {
      fraction = Math.min(fraction, sumFraction(s.output(), s.contextStep(), CONTEXT_BITS));
      fraction = Math.min(fraction, sumFraction(s.down(), s.hiddenStep(), HIDDEN_BITS));
    }
    return fraction;
  }

  /** The stream starts with an embedding; one of a few steps would be lost in rounding. */
  private void refuseLostEmbedding(int fraction) {
    double peak = peak(model.embedding());
    if (peak > 0 && Math.scalb(peak, fraction) < LEAST_EMBEDDING) {
      throw new Refusal(
          String.format(
              "%s: embeddings up to %.2g are lost in a residual stream up to %.2g",
              model.name(), peak, calibration.residual()),
          "check the checkpoint's embedding and its output and down projections");
    }
  }

  private static double peak(Matrix matrix) {
    double peak = 0;
    for (float value : matrix.values()) {
      peak = Math.max(peak, Math.abs(value));
    }
    return peak;
  }

  private int sumFraction(Rounding.Rows rows, double step, int bits) {
    int exponent = Rounding.multipliers(worth(rows, step)).exponent();
    return left(rows, bits) - 33 - exponent;
  }

  private Block block(int layer, Shards s, int residualFraction) {
    FloatModel.Block b = model.layers().get(layer);
    String name = "layer " + layer + " ";
    Rounding.Rows qkv = Rounding.rows(name + "query, key, value", b.query(), b.key(), b.value());
    Projection queryKeyValue = projection(qkv, b.attentionNorm(), MOST_FRACTION_BITS);
    return new Block(
        norm(b.attentionNorm(), residualFraction),
        queryKeyValue,
        attention(queryKeyValue.fractions(), s.contextStep()),
        sum(s.output(), s.contextStep(), CONTEXT_BITS, residualFraction),
        norm(b.feedForwardNorm(), residualFraction),
        s.gateUp(),
        gate(s.gateUp(), s.hiddenStep()),
        sum(s.down(), s.hiddenStep(), HIDDEN_BITS, residualFraction));
  }

  private Norm norm(Matrix gain, int residualFraction) {
    double peak = peak(gain);
    // The largest gain lies in [2^14, 2^15), or is 0.
    int bits = peak == 0 ? 0 : 14 - Math.getExponent(peak);
    short[] gains = new short[gain.columns()];
    for (int i = 0; i < gains.length; i++) {
      gains[i] = (short) Math.min(Math.round(Math.scalb((double) gain.at(0, i), bits)), 32767);
    }
    return new Norm(
        gains,
        Rounding.scale(1.0 / config.dim()),
        Rounding.scale(Math.scalb(config.normEpsilon(), 2 * residualFraction)),
        Rounding.scale(Math.scalb(1.0 / 127, -bits)));
  }

  /**
   * A projection with as many fraction bits as its bounds allow, but at most {@code wanted};
   * tensors that cannot get as large as the largest have more.
   */
  private Projection projection(Rounding.Rows rows, Matrix gain, int wanted) {
    double rootWidth = Math.sqrt(config.dim());
    // No norm's output exceeds √E · gain; the margin covers the rounding of scale and gain.
    double largestScale = Math.max(rootWidth * peak(gain) / 127 * 1.01, 0x1p-60);
    int left = left(rows, 8);
    int exponent = Rounding.multipliers(rows.scales()).exponent();
    double[] bounds = bounds(rows, gain, rootWidth, largestScale);
    double bound = largest(bounds, 0, bounds.length);
    int most = PROJECTION_BITS - Rounding.ceilLog2(bound);
    if (wanted == QuantisedModel.LOGIT_FRACTION && most < wanted) {
      throw new Refusal(
          String.format(
              "%s: logits up to %.0f leave %d fraction bits of %d",
              model.name(), bound, most, wanted),
          "check the checkpoint's output head and final norm");
    }
    int fraction = Math.min(most, wanted);
    int[] fractions = fractions(rows, bounds, fraction);
    int[] multipliers = Rounding.multipliers(inSteps(rows, fractions, fraction)).values();
    int shift = 64 + exponent + fraction - left;
    int headroom = FACTOR_BITS - Rounding.ceilLog2(bound) - fraction;
    return new Projection(rows.matrix(), multipliers, left, shift, fractions, headroom);
  }

  /** Fraction bits of each part: neither its bound nor its scales outgrow the largest part's. */
  private static int[] fractions(Rounding.Rows rows, double[] bounds, int fraction) {
    double[] scales = rows.scales();
    double bound = largest(bounds, 0, bounds.length);
    double scale = largest(scales, 0, scales.length);
    int[] fractions = new int[rows.parts().size()];
    int from = 0;
    for (int part = 0; part < fractions.length; part++) {
      int to = from + rows.parts().get(part);
      double growth =
          Math.min(bound / largest(bounds, from, to), scale / largest(scales, from, to));
      int most = part == 0 ? MOST_FRACTION_BITS : fraction + MOST_GROWTH; // 0 may be the gate
      fractions[part] = Math.min(fraction + Math.getExponent(growth), most);
      from = to;
    }
    return fractions;
  }

  /** The rows' scales, larger where a part has more fraction bits. */
  private static double[] inSteps(Rounding.Rows rows, int[] fractions, int fraction) {
    double[] scales = rows.scales().clone();
    int row = 0;
    for (int part = 0; part < fractions.length; part++) {
      for (int end = row + rows.parts().get(part); row < end; row++) {
        scales[row] = Math.scalb(scales[row], fractions[part] - fraction);
      }
    }
    return scales;
  }

  /** What each row of |W · norm(x)| cannot exceed: Cauchy-Schwarz, and int8 rounding's share. */
  private static double[] bounds(
      Rounding.Rows rows, Matrix gain, double rootWidth, double largestScale) {
    int columns = rows.matrix().columns();
    double[] bounds = new double[rows.matrix().rows()];
    for (int r = 0; r < bounds.length; r++) {
      double squares = 0;
      double sum = 0;
      for (int c = 0; c < columns; c++) {
        double weight = rows.matrix().values()[r * columns + c];
        squares += weight * weight * gain.at(0, c) * gain.at(0, c);
        sum += Math.abs(weight);
      }
      double exact = Math.sqrt(squares) * rootWidth * 1.01;
      bounds[r] = Math.max(rows.scales()[r] * (exact + sum * largestScale * 0.52), 0x1p-20);
    }
    return bounds;
  }

  private static double largest(double[] values, int from, int to) {
    double largest = 0;
    for (int i = from; i < to; i++) {
      largest = Math.max(largest, values[i]);
    }
    return largest;
  }

  private Attention attention(int[] fractions, double contextStep) {
    // Turned queries and keys are half of what they stand for: hence 4.
    double scoreUnit =
        4
            * Math.scalb(1.0, dunlin.kernels.Attention.SCORE_BITS - fractions[0] - fractions[1])
            / (127 * 127 * StrictMath.log(2) * Math.sqrt(config.headSize()));
    double contextUnit = Math.scalb(1.0, 11 - fractions[2]) / (127 * contextStep);
    return new Attention(
        Rounding.scale(scoreUnit),
        Rounding.scale(contextUnit),
        CONTEXT_BITS,
        Rounding.scale(contextStep));
  }

  private Gate gate(Projection gateUp, double hiddenStep) {
    int fraction = gateUp.fractions()[0];
    if (fraction < 16) {
      throw new Refusal(
          model.name()
              + ": "
              + gateUp.matrix().name()
              + " leave "
              + fraction
              + " fraction bits of 16",
          "check the checkpoint's feed-forward weights");
    }
    int left = gateUp.headroom();
    double worth = Math.scalb(1.0, 32 - productBits(gateUp)) / hiddenStep;
    int exponent = Math.getExponent(worth) - 30;
    int shift = Math.min(-32 - exponent, DEAD_SHIFT);
    int multiplier = (int) Math.min(Math.round(Math.scalb(worth, -exponent)), Integer.MAX_VALUE);
    return new Gate(left, multiplier, shift, HIDDEN_BITS, Rounding.scale(hiddenStep));
  }

  /** Fraction bits of gate · up, both shifted left by their head room. */
  private static int productBits(Projection gateUp) {
    return gateUp.fractions()[0] + gateUp.fractions()[1] + 2 * gateUp.headroom();
  }

  private Sum sum(Rounding.Rows rows, double step, int bits, int residualFraction) {
    int left = left(rows, bits);
    Rounding.Multipliers m = Rounding.multipliers(worth(rows, step));
    int right = left - 32 - m.exponent() - residualFraction;
    return new Sum(rows.matrix(), m.values(), left, Math.min(right, DEAD_SHIFT));
  }

  private static double[] worth(Rounding.Rows rows, double step) {
    double[] worth = rows.scales().clone();
    for (int i = 0; i < worth.length; i++) {
      worth[i] *= step;
    }
    return worth;
  }

  private int left(Rounding.Rows rows, int bits) {
    return Rounding.left(model.name(), rows.matrix(), bits);
  }
}
