package dunlin.host.time;

import dunlin.boards.BoardType;
import dunlin.boards.OffChip;
import dunlin.boards.Performance;
import dunlin.host.compile.OpWork;
import dunlin.host.compile.Residency;

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
        ? new Pace(CoreCosts.NONE, 0, null)
        : new Pace(
            CoreCosts.named(performance.core()),
            NANOS * performance.cyclesPerInstruction() / performance.hertz(),
            performance.offChip());
  }

  /** Whether the core's table has ops of this kind: what it lacks takes no time. */
  public boolean knows(String op) {
    return costs.ops().containsKey(op);
  }

  /** What fetches a node's weights. */
  WeightChannel channel(Residency residency) {
    return new WeightChannel(offChip, residency);
  }

  /** For an op, but for the frames that it moves. */
  long nanos(OpWork work) {
    return nanos(costs.instructions(work));
  }

  /** For a frame that comes in, as {@link CoreCosts#received} has it. */
  long received(String op, int bytes, int ports) {
    return nanos(costs.received(op, bytes, ports));
  }

  /** For a frame that goes out, as {@link CoreCosts#sent} has it. */
  long sent(String op, int bytes) {
    return nanos(costs.sent(op, bytes));
  }

  private long nanos(double instructions) {
    return (long) Math.ceil(instructions * nanosPerInstruction);
  }
}
