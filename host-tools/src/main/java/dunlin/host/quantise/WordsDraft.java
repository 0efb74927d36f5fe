package dunlin.host.quantise;

import dunlin.host.model.EncoderModel;
import dunlin.host.model.EncoderModel.Linear;
import dunlin.host.model.Matrix;
import dunlin.host.quantise.QuantisedEncoder.Affine;
import dunlin.host.quantise.QuantisedEncoder.Projected;
import dunlin.host.quantise.QuantisedEncoder.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An embedding of words, before the stream has its fixed point. Where blocks do not normalise, the
 * embedding's gain is in all that is added up.
 *
 * @param wordFraction fraction bits of the embedding's own rows, where they are projected
 * @param entry of those rows to int8
 * @param sums of a token's neighbours, empty without a projection
 */
record WordsDraft(
    EmbeddedRows embedding,
    Optional<EmbeddedRows> types,
    int wordFraction,
    Optional<Affine> entry,
    List<SumRows> sums)
    implements StartDraft {
  /** Rows of the embedding may grow to this many times what calibration saw. */
  private static final double HEADROOM = 8;

  static WordsDraft of(EncoderModel model, EncoderCalibration calibration) {
    EncoderModel.Words words = model.words().orElseThrow();
    Optional<EmbeddedRows> types =
        words.types().rows() == 0
            ? Optional.empty()
            : Optional.of(EmbeddedRows.of("types", gained(model, words.types())));
    if (words.projection().isEmpty()) {
      Matrix rows = gained(model, words.embedding());
      return new WordsDraft(EmbeddedRows.of("words", rows), types, 0, Optional.empty(), List.of());
    }
    return projected(model, words, types, calibration.words());
  }

  /** Rows of E with the embedding's gain in them, where that is no LayerNorm's. */
  private static Matrix gained(EncoderModel model, Matrix rows) {
    if (model.config().bottleneck().isEmpty()) {
      return rows;
    }
    double[] gain = Vectors.of(model.words().orElseThrow().norm().gain());
    return Equalisation.multiplyColumns(rows, gain);
  }

  /** Positions of such a model: where blocks do not normalise, with the embedding's bias. */
  static Matrix positions(EncoderModel model) {
    Matrix positions = gained(model, model.positions());
    if (model.config().bottleneck().isEmpty()) {
      return positions;
    }
    float[] bias = model.words().orElseThrow().norm().bias().values();
    float[] values = new float[positions.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = positions.values()[i] + bias[i % bias.length];
    }
    return new Matrix(positions.name(), positions.rows(), positions.columns(), values);
  }

  private static WordsDraft projected(
      EncoderModel model, EncoderModel.Words words, Optional<EmbeddedRows> types, double[] peaks) {
    Linear projection = projection(model, words);
    int width = words.embedding().columns();
    List<Linear> parts = parts(projection, width);
    double[] steps =
        StreamEntries.steps(peaks, parts.stream().map(Linear::weight).toArray(Matrix[]::new));
    EmbeddedRows embedding = EmbeddedRows.of("words", words.embedding());
    double range = Vectors.largest(peaks) * HEADROOM;
    int fraction = Math.min(31 - Rounding.ceilLog2(range), embedding.mostFraction());
    Affine entry = new StreamEntries(model.name(), model.config(), fraction).plain("words", steps);
    List<SumRows> sums = new ArrayList<>();
    for (Linear part : parts) {
      sums.add(SumRows.of(model.name(), part.weight().name(), part, steps, 8));
    }
    return new WordsDraft(embedding, types, fraction, Optional.of(entry), sums);
  }

  private static Linear projection(EncoderModel model, EncoderModel.Words words) {
    Linear projection = words.projection().orElseThrow();
    if (model.config().bottleneck().isEmpty()) {
      return projection;
    }
    double[] gain = Vectors.of(words.norm().gain());
    return new Linear(
        Gained.multiplyRows(projection.weight(), gain),
        Equalisation.multiplyColumns(projection.bias(), gain));
  }

  /** The projection of each neighbour's row; the token's own has the bias. */
  private static List<Linear> parts(Linear projection, int width) {
    int count = projection.weight().columns() / width;
    List<Linear> parts = new ArrayList<>();
    for (int part = 0; part < count; part++) {
      boolean own = part == count / 2;
      Matrix weight = columns(projection.weight(), part * width, width, "words " + part);
      Matrix bias = projection.bias();
      Matrix none = new Matrix(bias.name(), 1, bias.columns(), new float[bias.columns()]);
      parts.add(new Linear(weight, own ? bias : none));
    }
    return parts;
  }

  private static Matrix columns(Matrix matrix, int first, int count, String name) {
    float[] values = new float[matrix.rows() * count];
    for (int row = 0; row < matrix.rows(); row++) {
      System.arraycopy(matrix.values(), row * matrix.columns() + first, values, row * count, count);
    }
    return new Matrix(name, matrix.rows(), count, values);
  }

  @Override
  public int mostFraction() {
    Stream<Integer> terms =
        Stream.concat(
            types.stream().map(EmbeddedRows::mostFraction),
            entry.isEmpty()
                ? Stream.of(embedding.mostFraction())
                : sums.stream().map(SumRows::mostFraction));
    return terms.mapToInt(Integer::intValue).min().orElseThrow();
  }

  @Override
  public Words at(int fraction) {
    return new Words(
        embedding.at(entry.isPresent() ? wordFraction : fraction),
        types.map(rows -> rows.at(fraction)),
        entry.map(
            affine -> new Projected(affine, sums.stream().map(sum -> sum.at(fraction)).toList())));
  }
}
