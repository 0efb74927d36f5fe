package dunlin.host.compile;

import java.util.ArrayList;
import java.util.List;

/**
 * How much of an encoder's half-block is in memory at a time (papers.md, B: depth-first tiling). No
 * bit depends on it.
 *
 * @param heads whose keys and values are
 * @param queries rows of queries, their scores and their context
 * @param rows of the feed-forward's hidden activations, and of a convolution's outputs
 */
public record Tiling(int heads, int queries, int rows) {
  private static final int LEAST_ROWS = 4;

  /** Whole tensors: layer by layer. */
  static Tiling whole(int positions, int heads) {
    return new Tiling(Math.max(heads, 1), positions, positions);
  }

  /** From the whole to the smallest: first fewer heads at a time, then fewer rows. */
  static List<Tiling> ofAttention(int positions, int heads) {
    List<Tiling> tilings = new ArrayList<>();
    int rows = positions;
    for (int together = Math.max(heads, 1); together > 1; together = (together + 1) / 2) {
      tilings.add(new Tiling(together, rows, LEAST_ROWS));
    }
    while (rows > LEAST_ROWS) {
      tilings.add(new Tiling(1, rows, LEAST_ROWS));
      rows = halved(rows);
    }
    tilings.add(new Tiling(1, Math.min(rows, positions), LEAST_ROWS));
    return tilings;
  }

  /** Rows to hold of a feed-forward, from all to the fewest. */
  static List<Integer> ofRows(int positions) {
    List<Integer> all = new ArrayList<>();
    int rows = positions;
    while (rows > LEAST_ROWS) {
      all.add(rows);
      rows = halved(rows);
    }
    all.add(Math.min(rows, positions));
    return all;
  }

  Tiling withRows(int other) {
    return new Tiling(heads, queries, other);
  }

  /** Half of it, in whole groups of rows that kernels compute together. */
  private static int halved(int rows) {
    return (rows / 2 + LEAST_ROWS - 1) / LEAST_ROWS * LEAST_ROWS;
  }
}
