package dunlin.host.time;

import dunlin.boards.BoardType;
import dunlin.boards.Performance;
import dunlin.host.compile.OpWork;

/** How long a board takes for its work: whole nanoseconds, rounded up. */
public final class Pace {
  private static final double NANOS = 1e9;

  private final CoreCosts costs;
  private final double nanosPerInstruction;

  private Pace(CoreCosts costs, double nanosPerInstruction) {
    this.costs = costs;
    this.nanosPerInstruction = nanosPerInstruction;
  }

  /** Of a board's core; a board of which nothing is known takes no time. */
  public static Pace of(BoardType board) {
    Performance performance = board.performance();
    return performance == null
        ? new Pace(new CoreCosts(java.util.Map.of()), 0)
        : new Pace(
            CoreCosts.named(performance.core()),
            NANOS * performance.cyclesPerInstruction() / performance.hertz());
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
