package dunlin.host.checkpoint.onnx;

import dunlin.host.checkpoint.onnx.Parts.Layer;
import dunlin.host.checkpoint.onnx.Source.Operation;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;

/** Finds what makes rows of text: norm(words + types + positions). */
final class WordsFinder {
  private final EncoderParts parts;
  private final Parts graph;
  private final Collection<Value> constants;
  private Value embedding;
  private Value types;
  private Layer projection;
  private boolean trigrams;
  private double[] gains;
  private double[] added;

  /**
   * @param constants of the graph, its tables of positions among them
   */
  WordsFinder(EncoderParts parts, Parts graph, Collection<Value> constants) {
    this.parts = parts;
    this.graph = graph;
    this.constants = constants;
  }

  /**
   * What makes {@code input}.
   *
   * @throws dunlin.boards.Refusal naming the node that is not of embeddings
   */
  WordTokens find(Traced input) throws IOException {
    boolean normalised = input.source().is(Operation.LAYER_NORM);
    Traced sum = graph.inOrder(normalised ? parts.normalised(graph.inOrder(input)) : input);
    gains = graph.gains(sum);
    added = new double[sum.size()];
    Arrays.setAll(added, sum::offset);
    take(sum.source());
    if (embedding == null || normalised && !Tolerance.near(sum.scale(), 1)) {
      throw graph.refusal(sum.source(), "it is no sum of embeddings, or scaled before its norm");
    }
    PositionTable positions =
        PositionTable.among(constants, added, gains)
            .orElseThrow(
                () ->
                    graph.refusal(sum.source(), "what it adds to tokens is no table of positions"));
    double[] rest = positions.rest();
    return new WordTokens(
        embedding,
        Optional.ofNullable(types),
        Optional.ofNullable(projection),
        trigrams,
        positions.table(),
        normalised ? rest : new double[rest.length],
        normalised ? parts.gains(input) : new Gains(gains, rest));
  }

  /** Takes a sum apart, down to tables. */
  private void take(Source source) {
    switch (source.operation()) {
      case SUM -> {
        summand(source.traced(0));
        summand(source.traced(1));
      }
      case EMBEDDING -> table(source);
      case LINEAR -> project(source);
      default -> throw graph.refusal(source, "it is no embedding of tokens");
    }
  }

  private void summand(Traced value) {
    if (!Tolerance.near(value.scale(), 1) || value.size() != added.length) {
      throw graph.refusal(value.source(), "tokens are moved or scaled before the blocks");
    }
    for (int i = 0; i < added.length; i++) {
      added[i] += gains[i % gains.length] * value.offset(i);
    }
    take(value.source());
  }

  private void table(Source source) {
    boolean ofTypes = source.traced(1).source().is(Operation.TYPES);
    if (ofTypes ? types != null : embedding != null) {
      throw graph.refusal(source, "it is a second table of tokens, or of types");
    }
    if (ofTypes) {
      types = source.constant(0);
    } else {
      embedding = source.constant(0);
    }
  }

  /** Of a row of the embedding, or of three: the next token's, its own, and the one before. */
  private void project(Source linear) {
    Traced read = linear.traced(0);
    Source rows = graph.expect(read, Operation.EMBEDDING);
    int width = rows.constant(0).dims()[1];
    int inputs = linear.constant(1).dims()[0];
    trigrams = inputs == 3 * width;
    if (rows.traced(1).source().is(Operation.TYPES) || inputs != (trigrams ? 3 : 1) * width) {
      throw graph.refusal(linear, "it reads neither a row of the embedding nor three");
    }
    for (int i = 0; i < read.size(); i++) {
      int row = i / inputs + (trigrams ? 1 - i % inputs / width : 0);
      boolean inside = row >= 0 && row < read.size() / inputs;
      boolean holds =
          read.terms() == 1
              && read.index(i, 0) == (inside ? row * width + i % width : -1)
              && read.offset(i) == 0
              && (!inside || Tolerance.near(read.factor(i, 0), 1));
      if (!holds) {
        throw graph.refusal(linear, "it reads other rows than a token's own and its neighbours'");
      }
    }
    table(rows);
    projection = new Layer(linear, new double[linear.constant(1).dims()[1]]);
  }
}
