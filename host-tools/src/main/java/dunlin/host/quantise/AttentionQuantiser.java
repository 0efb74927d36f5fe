package dunlin.host.quantise;

import static dunlin.host.quantise.Vectors.largest;
import static dunlin.host.quantise.Vectors.vector;

import dunlin.boards.Refusal;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.EncoderModel.Linear;
import dunlin.host.model.Matrix;
import dunlin.host.quantise.QuantisedEncoder.Affine;
import dunlin.host.quantise.QuantisedEncoder.Attention;

/**
 * One layer's attention in integers, all but its way into the residual stream. Keys take a scale
 * for each channel, and queries the reciprocal ones, since only their products count; the context
 * has the values' scales, times a number of each head.
 */
final class AttentionQuantiser {
  private static final int INT8 = 127;

  /** {@link dunlin.kernels.SelfAttention}'s queries have 12 bits. */
  private static final int QUERY = 2047;

  /** A result's step is no finer than so many of its sums': there is nothing to tell apart. */
  private static final int FINEST = 5;

  /** Fraction bits of a score unit. */
  private static final int UNIT_BITS = 42;

  private final String model;
  private final String name;
  private final EncoderConfig config;
  private final EncoderModel.Block block;
  private final EncoderCalibration.Block peaks;
  private final double[] steps;
  private final boolean fused;
  private final int[] units;

  private AttentionQuantiser(
      EncoderModel model,
      String name,
      EncoderModel.Block block,
      EncoderCalibration.Block peaks,
      boolean fused) {
    this.model = model.name();
    this.name = name;
    config = model.config();
    this.block = block;
    this.peaks = peaks;
    this.fused = fused;
    steps =
        StreamEntries.steps(
            peaks.attention(),
            block.query().weight(),
            block.key().weight(),
            block.value().weight());
    units = new int[2 * config.heads()];
  }

  /**
   * The layer.
   *
   * @param steps of what attention reads
   * @param contextSteps what a step of each channel is worth to the output projection
   */
  record Quantised(Attention layer, double[] steps, double[] contextSteps) {}

  /**
   * A block's attention.
   *
   * @param fused whether query and key weights are folded into one matrix
   */
  static Quantised quantise(
      EncoderModel model,
      String name,
      EncoderModel.Block block,
      EncoderCalibration.Block peaks,
      boolean fused) {
    return new AttentionQuantiser(model, name, block, peaks, fused).quantise();
  }

  private Quantised quantise() {
    int size = config.headSize();
    Rounding.Rows query = rows("query", fused ? fusedQuery() : block.query().weight());
    Rounding.Rows key = rows("key", fused ? none() : block.key().weight());
    Rounding.Rows value = rows("value", block.value().weight());
    double[] keySteps = fused ? tiled(steps) : int8Steps(peaks.key(), key);
    double[] querySteps = querySteps(keySteps, query);
    double[] valueSteps = int8Steps(peaks.value(), value);
    double[] contextSteps = contextSteps(valueSteps);
    for (int head = 0; head < config.heads(); head++) {
      int first = head * size;
      units[2 * head + 1] = Rounding.scale(valueSteps[first] / contextSteps[first]);
    }
    double[] queryBias = fused ? fusedBias() : Vectors.of(block.query().bias());
    Attention attention =
        new Attention(
            fused,
            query.matrix(),
            affine("query", query, querySteps, queryBias),
            key.matrix(),
            fused
                ? new Affine(new int[0], new int[0], 1)
                : affine("key", key, keySteps, Vectors.of(block.key().bias())),
            value.matrix(),
            affine("value", value, valueSteps, Vectors.of(block.value().bias())),
            units);
    return new Quantised(attention, steps, contextSteps);
  }

  private static double[] int8Steps(double[] peaks, Rounding.Rows rows) {
    return vector(peaks.length, i -> Math.max(peaks[i] / INT8, FINEST * rows.scales()[i]));
  }

  /** The input's steps for each head: its channels are the keys'. */
  private double[] tiled(double[] input) {
    return vector(config.heads() * input.length, i -> input[i % input.length]);
  }

  /** Each the reciprocal of its key's, so large that no query of its head saturates. */
  private double[] querySteps(double[] keySteps, Rounding.Rows rows) {
    double[] queries = fused ? peaks.fusedQuery() : peaks.query();
    int width = queries.length / config.heads();
    double[] querySteps = new double[queries.length];
    for (int head = 0; head < config.heads(); head++) {
      int first = head * width;
      double[] products = vector(width, i -> queries[first + i] * keySteps[first + i]);
      double[] finest = vector(width, i -> rows.scales()[first + i] * keySteps[first + i]);
      double product = Math.max(largest(products) / QUERY, largest(finest) * FINEST);
      for (int i = first; i < first + width; i++) {
        querySteps[i] = product / keySteps[i];
      }
      units[2 * head] = scoreUnit(product);
    }
    return querySteps;
  }

  /** What a query's step times a key's is worth, in log2 units. */
  private int scoreUnit(double product) {
    double unit = product / (StrictMath.log(2) * Math.sqrt(config.headSize()));
    double word = Math.rint(Math.scalb(unit, UNIT_BITS));
    if (word > Integer.MAX_VALUE) {
      throw new Refusal(
          model + ": " + name + "scores are too large for their fixed point",
          "check the checkpoint's query and key weights");
    }
    return (int) word;
  }

  /** The values' steps, finer by what averaging leaves of the largest value of a head. */
  private double[] contextSteps(double[] valueSteps) {
    int size = config.headSize();
    double[] contextSteps = new double[valueSteps.length];
    for (int head = 0; head < config.heads(); head++) {
      int first = head * size;
      double[] ratios =
          vector(size, i -> peaks.context()[first + i] / (valueSteps[first + i] * INT8));
      double ratio = Math.min(largest(ratios), 1);
      for (int i = first; i < first + size; i++) {
        contextSteps[i] = valueSteps[i] * ratio;
      }
    }
    return contextSteps;
  }

  private Rounding.Rows rows(String what, Matrix weights) {
    return Rounding.rows(name + what, Equalisation.multiplyColumns(weights, steps));
  }

  private Matrix none() {
    return new Matrix(block.key().weight().name(), 0, config.dim(), new float[0]);
  }

  private Affine affine(String what, Rounding.Rows rows, double[] outputSteps, double[] bias) {
    Rounding.left(model, rows.matrix(), 8);
    return Affines.of(
        model + ": " + name + what,
        vector(outputSteps.length, i -> rows.scales()[i] / outputSteps[i]),
        vector(outputSteps.length, i -> bias[i] / outputSteps[i]));
  }

  /** (H·E) × E: for each head, Wkᵀ · Wq. */
  private Matrix fusedQuery() {
    int dim = config.dim();
    Matrix query = block.query().weight();
    float[] values = new float[config.heads() * dim * dim];
    for (int row = 0; row < config.heads() * dim; row++) {
      double[] sums = new double[dim];
      for (int p = 0; p < config.headSize(); p++) {
        int at = row / dim * config.headSize() + p;
        double weight = block.key().weight().at(at, row % dim);
        for (int c = 0; c < dim; c++) {
          sums[c] += weight * query.at(at, c);
        }
      }
      for (int c = 0; c < dim; c++) {
        values[row * dim + c] = (float) sums[c];
      }
    }
    return new Matrix(query.name() + ", folded", config.heads() * dim, dim, values);
  }

  /** [H·E]: for each head, Wkᵀ · bq; the key's own bias adds the same to all scores of a row. */
  private double[] fusedBias() {
    Linear key = block.key();
    double[] bias = new double[config.heads() * config.dim()];
    for (int i = 0; i < key.weight().rows(); i++) {
      int first = i / config.headSize() * config.dim();
      for (int c = 0; c < config.dim(); c++) {
        bias[first + c] += key.weight().at(i, c) * block.query().bias().values()[i];
      }
    }
    return bias;
  }
}
