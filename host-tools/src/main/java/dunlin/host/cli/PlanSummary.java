package dunlin.host.cli;

import dunlin.boards.BoardType;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.Member;
import dunlin.host.plan.Plan;
import dunlin.host.plan.Topology;

/** What a plan is of, and the choices in it: what reports of plans begin with. */
record PlanSummary(
    String model,
    String modelHash,
    String planHash,
    String board,
    int nodes,
    Topology topology,
    LinkKind link,
    int context,
    int chunk,
    BoardType.Weights weights) {

  static PlanSummary of(String model, Plan plan) {
    Member root = plan.members().get(0);
    return new PlanSummary(
        model,
        hash(plan.model().hash()),
        hash(plan.hash()),
        root.board().name(),
        plan.members().size(),
        plan.topology(),
        plan.link(),
        plan.context(),
        plan.chunk(),
        root.weights());
  }

  /** A hash as people and programs see it. */
  static String hash(long hash) {
    return "%016x".formatted(hash);
  }
}
