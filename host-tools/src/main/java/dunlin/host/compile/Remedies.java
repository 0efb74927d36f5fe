package dunlin.host.compile;

import dunlin.boards.Refusal;
import dunlin.host.plan.Member;
import dunlin.host.plan.Plan;
import dunlin.host.plan.Planner;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What would fit in place of a plan that does not; each was tried.
 *
 * @param context the largest context on the same nodes; 0 where none fits
 * @param chunk for that context: the plan's, or one row where the plan's is too large for any
 * @param nodes the fewest nodes in equal parts, all else as planned; 0 where none of those tried
 *     do, and for boards of several types
 */
public record Remedies(int context, int chunk, int nodes) {
  /** More nodes than anybody will wire. */
  private static final int MOST_NODES = 256;

  static Remedies of(Plan plan) {
    int nodes = fewestNodes(plan);
    int context = largestContext(plan, plan.chunk());
    if (context > 0 || plan.chunk() == 1) {
      return new Remedies(context, plan.chunk(), nodes);
    }
    return new Remedies(largestContext(plan, 1), 1, nodes);
  }

  private static int largestContext(Plan plan, int chunk) {
    int tooLarge = first(chunk, plan.context() + 1, context -> !fits(plan.with(context, chunk)));
    return tooLarge == chunk ? 0 : tooLarge - 1;
  }

  /** In steps that double, then in between. */
  private static int fewestNodes(Plan plan) {
    int most = mixed(plan) ? 0 : MOST_NODES;
    int bad = 0;
    for (int nodes = 1; bad < most; nodes = Math.min(2 * nodes, most)) {
      if (fits(plan, nodes)) {
        return first(bad + 1, nodes, n -> fits(plan, n));
      }
      bad = nodes;
    }
    return 0;
  }

  private static boolean mixed(Plan plan) {
    return plan.members().stream().map(Member::board).distinct().count() > 1;
  }

  private static boolean fits(Plan plan, int nodes) {
    try {
      return fits(Planner.onNodes(plan, nodes));
    } catch (Refusal cannotBePlanned) {
      return false;
    }
  }

  private static boolean fits(Plan plan) {
    return IntStream.range(0, plan.members().size())
        .allMatch(rank -> new NodeLayout(plan, rank).footprint().shortages().isEmpty());
  }

  /** The least of {@code from} to {@code to} that a rising predicate holds for; or {@code to}. */
  private static int first(int from, int to, IntPredicate holds) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (holds.test(middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** For people, in place of {@code plan}. */
  String text(Plan plan) {
    String byContext = "--context " + context + (chunk == plan.chunk() ? "" : " --chunk " + chunk);
    String byNodes = "--nodes " + nodes + " in equal parts";
    if (context > 0 && nodes > 0) {
      return byContext + " would fit, so would " + byNodes;
    }
    if (context > 0 || nodes > 0) {
      return (context > 0 ? byContext : byNodes) + " would fit";
    }
    return mixed(plan)
        ? "no context fits: choose larger boards"
        : "no context fits, nor do up to " + MOST_NODES + " nodes: choose a larger --board";
  }
}
