package dunlin.host;

import dunlin.host.model.FloatModel;
import dunlin.host.model.FloatModel.Block;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.Matrix;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Changes a float model's weights, for models unlike any that was trained. */
public final class SpoiltModel {
  private FloatModel model;

  private SpoiltModel(FloatModel model) {
    this.model = model;
  }

  /** Starts from {@code model}, which stays as it is. */
  public static SpoiltModel from(FloatModel model) {
    return new SpoiltModel(model);
  }

  /** The tensors of a block that a test may change. */
  public enum Tensor {
    ATTENTION_NORM,
    QUERY,
    KEY,
    VALUE,
    OUTPUT,
    FEED_FORWARD_NORM,
    GATE,
    UP,
    DOWN
  }

  public FloatModel model() {
    return model;
  }

  /** Multiplies one tensor of every block. */
  public SpoiltModel scale(Tensor tensor, double by) {
    return change(tensor, m -> map(m, (i, v) -> v * by));
  }

  /** Multiplies every {@code stride}th row of one tensor of every block. */
  public SpoiltModel scaleRows(Tensor tensor, int stride, double by) {
    return change(tensor, m -> map(m, (i, v) -> i / m.columns() % stride == 0 ? v * by : v));
  }

  /** Multiplies every {@code stride}th column of one tensor of every block. */
  public SpoiltModel scaleColumns(Tensor tensor, int stride, double by) {
    return change(tensor, m -> map(m, (i, v) -> i % m.columns() % stride == 0 ? v * by : v));
  }

  /** Multiplies the embedding and, where it is tied, the head. */
  public SpoiltModel scaleEmbedding(double by) {
    Matrix embedding = map(model.embedding(), (i, v) -> v * by);
    Matrix head = model.tied() ? embedding : model.head();
    model =
        new FloatModel(
            model.name(), model.config(), embedding, model.layers(), model.finalNorm(), head);
    return this;
  }

  /** Multiplies every {@code stride}th column of the embedding: channels that stand out. */
  public SpoiltModel scaleEmbeddingColumns(int stride, double by) {
    int columns = model.embedding().columns();
    Matrix embedding = map(model.embedding(), (i, v) -> i % columns % stride == 0 ? v * by : v);
    Matrix head = model.tied() ? embedding : model.head();
    model =
        new FloatModel(
            model.name(), model.config(), embedding, model.layers(), model.finalNorm(), head);
    return this;
  }

  /** Another epsilon. */
  public SpoiltModel epsilon(double epsilon) {
    LlamaConfig c = model.config();
    LlamaConfig other =
        new LlamaConfig(
            c.dim(),
            c.hidden(),
            c.layers(),
            c.heads(),
            c.kvHeads(),
            c.headSize(),
            c.vocabulary(),
            c.context(),
            epsilon,
            c.ropeTheta());
    model =
        new FloatModel(
            model.name(),
            other,
            model.embedding(),
            model.layers(),
            model.finalNorm(),
            model.head());
    return this;
  }

  private SpoiltModel change(Tensor tensor, UnaryOperator<Matrix> change) {
    List<Block> layers =
        model.layers().stream()
            .map(
                b ->
                    new Block(
                        tensor == Tensor.ATTENTION_NORM
                            ? change.apply(b.attentionNorm())
                            : b.attentionNorm(),
                        tensor == Tensor.QUERY ? change.apply(b.query()) : b.query(),
                        tensor == Tensor.KEY ? change.apply(b.key()) : b.key(),
                        tensor == Tensor.VALUE ? change.apply(b.value()) : b.value(),
                        tensor == Tensor.OUTPUT ? change.apply(b.output()) : b.output(),
                        tensor == Tensor.FEED_FORWARD_NORM
                            ? change.apply(b.feedForwardNorm())
                            : b.feedForwardNorm(),
                        tensor == Tensor.GATE ? change.apply(b.gate()) : b.gate(),
                        tensor == Tensor.UP ? change.apply(b.up()) : b.up(),
                        tensor == Tensor.DOWN ? change.apply(b.down()) : b.down()))
            .toList();
    model =
        new FloatModel(
            model.name(),
            model.config(),
            model.embedding(),
            layers,
            model.finalNorm(),
            model.head());
    return this;
  }

  private static Matrix map(Matrix m, BiFunction<Integer, Double, Double> change) {
    float[] values = new float[m.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = change.apply(i, (double) m.values()[i]).floatValue();
    }
    return new Matrix(m.name(), m.rows(), m.columns(), values);
  }
}
