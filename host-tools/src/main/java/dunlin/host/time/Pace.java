package dunlin.host.time;

import dunlin.boards.BoardType;
import dunlin.boards.OffChip;
import dunlin.boards.Performance;
import dunlin.host.compile.OpWork;
import dunlin.host.compile.Residency;
import java.util.Map;

/** How long a board takes for its work: whole nanoseconds, rounded up. */
public final class Pace {
  private static final double NANOS = 1e9;

  private final CoreCosts costs;
  private final double nanosPerInstruction;
  private final OffChip offChip;

  private Pace(CoreCosts costs, double nanosPerInstruction, OffChip offChip) {
    this.costs = costs;
    this.nanosPerInstruction = nanosPerInstruction;
    this.offChip = offChip;
  }

  /** Of a board's core; a board of which nothing is known takes no time. */
  public static Pace of(BoardType board) {
    Performance performance = board.performance();
    return performance == null
        ? new Pace(new CoreCosts(Map.of()), 0, null)
        : new Pace(
            CoreCosts.named(performance.core()),
            NANOS * performance.cyclesPerInstruction() / performance.hertz(),
            performance.offChip());
  }

  /** What fetches a node's weights. */
  WeightChannel channel(Residency residency) {
    return new WeightChannel(offChip, residency);
  }

  /** For an op, what it moves left out. */
  long nanos(OpWork work) {
    return nanos(costs.instructions(work));
  }

  /** For bytes that come and go while an op, or none, is under way. */
  long nanos(String op, long received, long sent) {
    return nanos(costs.instructions(op, received, sent));
  }

  private long nanos(double instructions) {
    return (long) Math.ceil(instructions * nanosPerInstruction);
  }
}
