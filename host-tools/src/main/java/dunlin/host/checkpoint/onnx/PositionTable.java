package dunlin.host.checkpoint.onnx;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;

/**
 * The positions of a text encoder. A graph that is evaluated for a few tokens shows the positions
 * of these only: the table that begins with them is among its constants.
 *
 * @param table S × E
 * @param rest E: what is added to every token besides
 */
record PositionTable(Value table, double[] rest) {
  private static final double FLOATS = 1e-6; // sums of floats, at times added up as floats

  /**
   * The first table of which gains · row + rest is added to the tokens, with one rest for all.
   *
   * @param added tokens × E
   * @param gains E
   */
  static Optional<PositionTable> among(Collection<Value> constants, double[] added, double[] gains)
      throws IOException {
    int tokens = added.length / gains.length;
    for (Value constant : constants) {
      Value table = flat(constant);
      int[] dims = table.dims();
      if (dims.length == 2 && dims[0] >= tokens && dims[1] == gains.length) {
        double[] rows = rows(table, tokens);
        double[] rest = new double[gains.length];
        Arrays.setAll(rest, i -> added[i] - gains[i] * rows[i]);
        if (holds(added, gains, rows, rest)) {
          return Optional.of(new PositionTable(table, rest));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean holds(double[] added, double[] gains, double[] rows, double[] rest) {
    for (int i = 0; i < added.length; i++) {
      double expected = gains[i % gains.length] * rows[i] + rest[i % rest.length];
      if (!(Math.abs(added[i] - expected) <= FLOATS * Math.max(1, Math.abs(expected)))) {
        return false;
      }
    }
    return true;
  }

  /** Without a first extent of 1. */
  private static Value flat(Value constant) {
    int[] dims = constant.dims();
    if (dims.length != 3 || dims[0] != 1) {
      return constant;
    }
    return constant instanceof Stored stored
        ? stored.reshaped(dims[1], dims[2])
        : new Known(new int[] {dims[1], dims[2]}, ((Known) constant).values());
  }

  /** As many rows of a table as tokens have been evaluated: no more is read of a large one. */
  private static double[] rows(Value table, int tokens) throws IOException {
    return table instanceof Stored stored
        ? stored.reshaped(tokens, stored.dims()[1]).read().values()
        : ((Known) table).values();
  }
}
