package dunlin.host.time;

import dunlin.boards.BoardType;
import dunlin.boards.OffChip;
import dunlin.boards.Performance;
import dunlin.boards.Refusal;
import dunlin.host.compile.OpWork;
import dunlin.host.compile.Residency;
import dunlin.host.compile.Workload;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How long a board takes for its work: whole nanoseconds, rounded up. */
public final class Pace {
  private static final double NANOS = 1e9;

  /** Of a board of which nothing is known; nothing takes time. */
  private static final Pace NONE = new Pace("", new CoreCosts(Map.of()), 0, null);

  private final String core;
  private final CoreCosts costs;
  private final double nanosPerInstruction;
  private final OffChip offChip;

  private Pace(String core, CoreCosts costs, double nanosPerInstruction, OffChip offChip) {
    this.core = core;
    this.costs = costs;
    this.nanosPerInstruction = nanosPerInstruction;
    this.offChip = offChip;
  }

  /** Of a board's core; a board of which nothing is known takes no time. */
  public static Pace of(BoardType board) {
    Performance performance = board.performance();
    return performance == null
        ? NONE
        : new Pace(
            performance.core(),
            CoreCosts.named(performance.core()),
            NANOS * performance.cyclesPerInstruction() / performance.hertz(),
            performance.offChip());
  }

  /**
   * Why it is not known what a node takes: its core's table has no price for some of its ops.
   *
   * @return nothing where it has them all
   */
  public Optional<Refusal> refusal(Workload work) {
    Set<String> missing = this == NONE ? Set.of() : costs.missing(work.kinds());
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                "core %s has no price for %s".formatted(core, String.join(", ", missing)),
                "add it to the table of the core (docs/time.md)"));
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
