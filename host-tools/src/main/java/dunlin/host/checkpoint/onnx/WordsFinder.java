package dunlin.host.checkpoint.onnx;

import dunlin.host.checkpoint.onnx.Parts.Layer;
import dunlin.host.checkpoint.onnx.Source.Operation;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;

/**
 * Finds what makes rows of text: norm(words + types + positions). A graph that is evaluated for a
 * few tokens shows the positions of these only; the table that begins with them has the others.
 */
final class WordsFinder {
  private static final double FLOATS = 1e-6; // sums of floats, at times added up as floats
  private static final String MOVED = "tokens are moved or scaled before the blocks";

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
   * @param constants of the graph
   */
  WordsFinder(EncoderParts parts, Collection<Value> constants) {
    this.parts = parts;
    this.graph = parts.graph();
    this.constants = constants;
  }

  /**
   * What makes {@code input}.
   *
   * @throws dunlin.boards.Refusal naming the node that is not of embeddings
   */
  WordTokens find(Traced input) throws IOException {
    boolean normalised = input.source().is(Operation.LAYER_NORM);
    Traced sum = parts.inOrder(normalised ? parts.normalised(parts.inOrder(input)) : input);
    gains = graph.gains(sum);
    added = new double[sum.size()];
    Arrays.setAll(added, sum::offset);
    take(sum.source());
    if (embedding == null || normalised && !Tolerance.near(sum.scale(), 1)) {
      throw graph.refusal(sum.source(), "it is no sum of embeddings, or scaled before its norm");
    }
    Value positions = positions(sum.source());
    double[] rest = rest(positions);
    return new WordTokens(
        embedding,
        Optional.ofNullable(types),
        Optional.ofNullable(projection),
        trigrams,
        positions,
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
      throw graph.refusal(value.source(), MOVED);
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

  /** The table whose first rows are in what is added, but for one row that is added to all. */
  private Value positions(Source sum) throws IOException {
    int tokens = added.length / gains.length;
    for (Value constant : constants) {
      Value table = flat(constant);
      boolean candidate =
          table != null
              && table.dims()[0] >= tokens
              && table.dims()[1] == gains.length
              && !table.equals(embedding);
      if (candidate && begins(table)) {
        return table;
      }
    }
    throw graph.refusal(sum, "what it adds to tokens is no table of positions");
  }

  /** A table of two extents, also where it has a first one of 1; null for others. */
  private static Value flat(Value constant) {
    int[] dims = constant.dims();
    if (dims.length == 2) {
      return constant instanceof Stored stored && stored.transposed() ? null : constant;
    }
    if (dims.length != 3 || dims[0] != 1) {
      return null;
    }
    return constant instanceof Stored stored
        ? stored.reshaped(dims[1], dims[2])
        : new Known(new int[] {dims[1], dims[2]}, ((Known) constant).values());
  }

  private boolean begins(Value table) throws IOException {
    double[] rows = rows(table);
    double[] rest = rest(table);
    for (int i = 0; i < added.length; i++) {
      double expected = gains[i % gains.length] * rows[i] + rest[i % rest.length];
      if (!(Math.abs(added[i] - expected) <= FLOATS * Math.max(1, Math.abs(expected)))) {
        return false;
      }
    }
    return true;
  }

  /** What is added to the first token beside its position. */
  private double[] rest(Value positions) throws IOException {
    double[] rows = rows(positions);
    double[] rest = new double[gains.length];
    Arrays.setAll(rest, i -> added[i] - gains[i] * rows[i]);
    return rest;
  }

  /** As many rows of a table as tokens have been evaluated. */
  private double[] rows(Value table) throws IOException {
    return table instanceof Stored stored
        ? stored.reshaped(added.length / gains.length, gains.length).read().values()
        : ((Known) table).values();
  }
}
