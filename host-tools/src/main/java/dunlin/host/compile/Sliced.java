package dunlin.host.compile;

import dunlin.host.model.TransformerShape;
import dunlin.host.plan.Shard;
import dunlin.host.plan.Slice;
import dunlin.host.quantise.QuantisedModel.Matrix8;
import java.util.stream.IntStream;

/**
 * A shard's part of each matrix. Norm-fed matrices are cut by rows, those that end in the residual
 * stream by columns; rows and columns keep their multipliers, shifts and widths, so that nothing
 * depends on where the cuts are.
 */
final class Sliced {
  private final TransformerShape config;
  private final Shard shard;

  Sliced(TransformerShape config, Shard shard) {
    this.config = config;
    this.shard = shard;
  }

  /** Query heads of the shard. */
  int heads() {
    return shard.kvGroups().count() * config.heads() / config.kvHeads();
  }

  /** KV heads of the shard. */
  int kvHeads() {
    return shard.kvGroups().count();
  }

  /** Feed-forward columns of the shard. */
  int hidden() {
    return shard.hidden().count();
  }

  /**
   * Channels of an activation of so many that the shard reads of it: in proportion to its
   * feed-forward columns, in whole words.
   */
  int[] channels(int width) {
    int first = channel(shard.hidden().first(), width);
    return range(first, channel(shard.hidden().end(), width) - first);
  }

  private int channel(int column, int width) {
    int channel = (int) ((long) column * width / config.hidden());
    return channel == width ? width : channel & -4;
  }

  /** Tokens of the shard. */
  int vocabulary() {
    return shard.vocabulary().count();
  }

  /** Bytes of a row of queries, keys and values in int32. */
  int projectedBytes() {
    return 4 * (heads() + 2 * kvHeads()) * config.headSize();
  }

  /** Rows of query, key and value, one under the other. */
  int[] queryKeyValue() {
    int size = config.headSize();
    Slice groups = shard.kvGroups();
    int share = config.heads() / config.kvHeads();
    int keys = config.heads() * size;
    int values = keys + config.kvHeads() * size;
    return join(
        range(groups.first() * share * size, groups.count() * share * size),
        range(keys + groups.first() * size, groups.count() * size),
        range(values + groups.first() * size, groups.count() * size));
  }

  /** Columns of the output projection. */
  int[] context() {
    int width = config.heads() / config.kvHeads() * config.headSize();
    return range(shard.kvGroups().first() * width, shard.kvGroups().count() * width);
  }

  /** Rows of gate and up, one under the other. */
  int[] gateUp() {
    Slice hidden = shard.hidden();
    return join(
        range(hidden.first(), hidden.count()),
        range(config.hidden() + hidden.first(), hidden.count()));
  }

  /** Columns of the down projection. */
  int[] down() {
    return range(shard.hidden().first(), shard.hidden().count());
  }

  /** Rows of the head and of the embedding. */
  int[] tokens() {
    return range(shard.vocabulary().first(), shard.vocabulary().count());
  }

  static Matrix8 rows(Matrix8 matrix, int[] rows) {
    if (rows.length == matrix.rows()) {
      return matrix;
    }
    int columns = matrix.columns();
    byte[] values = new byte[rows.length * columns];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(matrix.values(), rows[i] * columns, values, i * columns, columns);
    }
    return new Matrix8(matrix.name(), rows.length, columns, values);
  }

  static Matrix8 columns(Matrix8 matrix, int[] columns) {
    if (columns.length == matrix.columns()) {
      return matrix;
    }
    byte[] values = new byte[matrix.rows() * columns.length];
    for (int row = 0; row < matrix.rows(); row++) {
      for (int i = 0; i < columns.length; i++) {
        values[row * columns.length + i] = matrix.values()[row * matrix.columns() + columns[i]];
      }
    }
    return new Matrix8(matrix.name(), matrix.rows(), columns.length, values);
  }

  static int[] rows(int[] multipliers, int[] rows) {
    return IntStream.of(rows).map(row -> multipliers[row]).toArray();
  }

  /** Heads of the shard, one after the other. */
  int[] everyHead() {
    return range(shard.kvGroups().first(), shard.kvGroups().count());
  }

  /** Rows of a matrix, or channels of a table, that has {@code width} for each head. */
  int[] ofHeads(int width) {
    return range(shard.kvGroups().first() * width, shard.kvGroups().count() * width);
  }

  static int[] range(int first, int count) {
    return IntStream.range(first, first + count).toArray();
  }

  private static int[] join(int[]... parts) {
    return IntStream.range(0, parts.length).flatMap(i -> IntStream.of(parts[i])).toArray();
  }
}
