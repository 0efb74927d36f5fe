package dunlin.host.plan;

import dunlin.host.model.TransformerShape;

/**
 * How long a node waits for a neighbour before it calls it lost. It must outlast whatever the
 * others may have to compute first; all of a pass on one slow core is more than that.
 */
final class Patience {
  /** For links, sleep and jitter. */
  private static final long LEAST_MILLIS = 2_000;

  /** Multiply-accumulates of a core of 80 MHz that takes eight cycles for each. */
  private static final long MACS_PER_MILLI = 10_000;

  private static final long MOST_MILLIS = 3_600_000;

  private Patience() {}

  /** Milliseconds for passes of {@code rows} rows. */
  static int millis(TransformerShape config, long weights, int context, int rows) {
    long attention = 2L * config.layers() * config.heads() * config.headSize() * context;
    long pass = rows * (weights + attention) / MACS_PER_MILLI;
    return (int) Math.min(LEAST_MILLIS + pass, MOST_MILLIS);
  }
}
