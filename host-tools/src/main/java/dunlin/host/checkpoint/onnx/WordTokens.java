package dunlin.host.checkpoint.onnx;

import dunlin.host.checkpoint.onnx.Parts.Layer;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.EncoderModel.Linear;
import dunlin.host.model.Matrix;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Rows that embeddings make of text.
 *
 * @param embedding V × W
 * @param types types × E; empty where the graph reads none
 * @param projection from one row of the embedding, or three, to E
 * @param trigrams whether it reads three
 * @param positions S × E, to which the row {@code added} is added
 * @param norm of the sum of all
 */
record WordTokens(
    Value embedding,
    Optional<Value> types,
    Optional<Layer> projection,
    boolean trigrams,
    Value positions,
    double[] added,
    Gains norm)
    implements EncoderTokens {
  private static final int TYPES = 2; // of questions and texts; alike where a graph reads none

  @Override
  public EncoderConfig config(EncoderShape shape, List<String> labels) {
    int[] table = embedding.dims();
    int typeRows = types.map(rows -> rows.dims()[0]).orElse(TYPES);
    return EncoderConfig.ofText(
        positions.dims()[0],
        new EncoderConfig.Words(table[0], table[1], trigrams, typeRows),
        shape.dim(),
        shape.hidden(),
        shape.layers(),
        shape.heads(),
        shape.headSize(),
        shape.bottleneck(),
        shape.activation(),
        shape.pooling(),
        shape.epsilon(),
        labels);
  }

  @Override
  public Matrix positions(EncoderConfig config, Weights weights) throws IOException {
    Matrix table = weights.table("positions", positions);
    float[] sums = new float[table.values().length];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = (float) (table.values()[i] + added[i % added.length]);
    }
    return new Matrix(table.name(), table.rows(), table.columns(), sums);
  }

  @Override
  public Optional<EncoderModel.Words> words(Weights weights) throws IOException {
    Optional<Linear> projected =
        projection.isPresent()
            ? Optional.of(weights.linear("word_projection", projection.get()))
            : Optional.empty();
    Matrix typeRows =
        types.isPresent()
            ? weights.table("types", types.get())
            : Weights.row("types", new double[TYPES * added.length], TYPES);
    return Optional.of(
        new EncoderModel.Words(
            weights.table("embedding", embedding), typeRows, projected, norm.norm("word_norm")));
  }
}
