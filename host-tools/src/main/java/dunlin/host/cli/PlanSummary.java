package dunlin.host.cli;

import dunlin.boards.BoardType;
import dunlin.host.plan.Fetch;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.Member;
import dunlin.host.plan.Plan;
import dunlin.host.plan.Schedule;
import dunlin.host.plan.Topology;
import java.util.List;

/** What a plan is of, and the choices in it: what reports of plans begin with. */
record PlanSummary(
    String model,
    String modelHash,
    String planHash,
    String board,
    int nodes,
    Topology topology,
    LinkKind link,
    Schedule schedule,
    Fetch fetch,
    int context,
    int chunk,
    BoardType.Weights weights) {

  static PlanSummary of(String model, Plan plan) {
    Member root = plan.members().get(0);
    return new PlanSummary(
        model,
        hash(plan.model().hash()),
        hash(plan.hash()),
        boards(plan),
        plan.members().size(),
        plan.topology(),
        plan.link(),
        plan.schedule(),
        plan.fetch(),
        plan.context(),
        plan.chunk(),
        root.weights());
  }

  /** The type of the boards, or the types by rank where they differ. */
  private static String boards(Plan plan) {
    List<String> names = plan.members().stream().map(member -> member.board().name()).toList();
    return names.stream().distinct().count() == 1 ? names.get(0) : String.join(",", names);
  }

  /** How many boards of which type, or the types by rank, for people. */
  String boards() {
    return board.contains(",") ? board : nodes + " × " + board;
  }

  /** A hash as people and programs see it. */
  static String hash(long hash) {
    return "%016x".formatted(hash);
  }
}
