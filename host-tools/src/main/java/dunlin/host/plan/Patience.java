package dunlin.host.plan;

import dunlin.firmware.Node;
import dunlin.host.model.TransformerShape;

/**
 * How long a node waits for a neighbour before it calls it lost. It must outlast whatever the
 * others may have to do first, and so must each of the parts into which it is cut to ask for what
 * may be missing: a flock that loses nothing has nothing to ask.
 */
final class Patience {
  /** For sleep and jitter. */
  private static final int LEAST_MILLIS = 2_000;

  private static final int MOST_MILLIS = 3_600_000;

  /** Multiply-accumulates of a core of 80 MHz that takes a cycle for each. */
  private static final double MACS_PER_MILLI = 80_000;

  /** For an element of a row: a sum of 32 bits up, a byte down, and the frames around them. */
  private static final int LINK_BYTES = 6;

  private Patience() {}

  /** Milliseconds: time for all of a pass on one core, and for a sum on all links in turn. */
  static int millis(Plan plan) {
    double most = LEAST_MILLIS + Node.ATTEMPTS * (computing(plan) + linked(plan));
    return (int) Math.min(Math.ceil(most), MOST_MILLIS);
  }

  private static double computing(Plan plan) {
    TransformerShape config = plan.model().config();
    long attention = 2L * config.layers() * config.heads() * config.headSize() * plan.context();
    return plan.chunk() * (double) (plan.model().weightBytes() + attention) / MACS_PER_MILLI;
  }

  private static double linked(Plan plan) {
    long bytes = (long) LINK_BYTES * plan.chunk() * plan.model().config().dim();
    double slowest =
        plan.members().stream()
            .mapToDouble(member -> plan.link().bytesPerSecond(member.board()))
            .min()
            .orElseThrow();
    return 1000.0 * (plan.members().size() - 1) * bytes / slowest;
  }
}
