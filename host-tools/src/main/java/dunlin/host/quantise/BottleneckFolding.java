package dunlin.host.quantise;

import static dunlin.host.quantise.Vectors.vector;

import dunlin.host.model.EncoderModel.Block;
import dunlin.host.model.EncoderModel.Bottleneck;
import dunlin.host.model.EncoderModel.FeedForward;
import dunlin.host.model.EncoderModel.Linear;
import dunlin.host.model.EncoderModel.Norm;
import dunlin.host.model.Matrix;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A block with a bottleneck, folded: the same function with fewer layers. Between the bottleneck
 * that queries and keys share and those stands nothing but gains, so it goes into their weights,
 * and a node computes its heads from the stream itself. What attention is added to is another
 * linear map of the stream, so both are one sum.
 *
 * @param attention queries, keys and values of the stream, as in a block without a bottleneck
 * @param start of the narrow stream: output projection and input projection side by side, B × (H·P
 *     + E), gains and biases applied
 * @param feedForwards each with its gain
 * @param widen back to the stream
 */
record BottleneckFolding(Block attention, Linear start, List<Stage> feedForwards, Gained widen) {

  /** A feed-forward: up, and down with its gain. */
  record Stage(Linear up, Gained down) {}

  static BottleneckFolding of(Block block) {
    Bottleneck narrow = block.bottleneck().orElseThrow();
    Block attention =
        new Block(
            block.attentionNorm(),
            behind(block.query(), narrow.shared(), narrow.sharedNorm()),
            behind(block.key(), narrow.shared(), narrow.sharedNorm()),
            block.value(),
            block.output(),
            block.feedForwardNorm(),
            block.up(),
            block.down(),
            Optional.empty());
    Stream<FeedForward> stages =
        Stream.concat(
            narrow.stack().stream(),
            Stream.of(new FeedForward(block.up(), block.down(), block.feedForwardNorm())));
    return new BottleneckFolding(
        attention,
        start(block, narrow),
        stages.map(each -> new Stage(each.up(), Gained.of(each.down(), each.norm()))).toList(),
        Gained.of(narrow.output(), narrow.outputNorm()));
  }

  /** second · norm(first · x + b) + b, as one layer. */
  private static Linear behind(Linear second, Linear first, Norm norm) {
    Gained inner = Gained.of(first, norm);
    Matrix outer = second.weight();
    int columns = inner.weight().columns();
    float[] values = new float[outer.rows() * columns];
    float[] bias = new float[outer.rows()];
    for (int row = 0; row < outer.rows(); row++) {
      double[] sums = new double[columns];
      double constant = second.bias().at(0, row);
      for (int i = 0; i < outer.columns(); i++) {
        double weight = outer.at(row, i);
        constant += weight * inner.addends()[i];
        for (int c = 0; c < columns; c++) {
          sums[c] += weight * inner.weight().at(i, c);
        }
      }
      for (int c = 0; c < columns; c++) {
        values[row * columns + c] = (float) sums[c];
      }
      bias[row] = (float) constant;
    }
    return new Linear(
        new Matrix(outer.name() + ", folded", outer.rows(), columns, values),
        new Matrix(second.bias().name() + ", folded", 1, outer.rows(), bias));
  }

  /** norm(output · context + b + inputNorm(input · x + b)). */
  private static Linear start(Block block, Bottleneck narrow) {
    Gained input = Gained.of(narrow.input(), narrow.inputNorm());
    Gained output = Gained.of(block.output(), block.attentionNorm());
    double[] addends =
        vector(
            output.addends().length,
            i -> output.addends()[i] + output.gains()[i] * input.addends()[i]);
    Matrix left = output.weight();
    Matrix right = Gained.multiplyRows(input.weight(), output.gains());
    int columns = left.columns() + right.columns();
    float[] values = new float[left.rows() * columns];
    float[] bias = new float[left.rows()];
    for (int row = 0; row < left.rows(); row++) {
      int at = row * columns;
      System.arraycopy(left.values(), row * left.columns(), values, at, left.columns());
      System.arraycopy(
          right.values(), row * right.columns(), values, at + left.columns(), right.columns());
      bias[row] = (float) addends[row];
    }
    return new Linear(
        new Matrix(left.name() + " and input", left.rows(), columns, values),
        new Matrix(left.name() + " and input bias", 1, left.rows(), bias));
  }
}
