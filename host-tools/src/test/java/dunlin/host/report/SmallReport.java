package dunlin.host.report;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.host.compile.Layout;
import dunlin.host.flock.Progress;
import dunlin.host.forecast.PassForecast;
import dunlin.host.forecast.Rehearsal;
import dunlin.host.model.LlamaConfig;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.Outline;
import java.util.List;
import java.util.Optional;

/** Reports of a model that tests can afford. */
final class SmallReport {
  static final BoardType BOARD = BoardTypes.named("stm32f405");

  private SmallReport() {}

  static Plan plan(String name, BoardType board, int nodes, Topology topology) {
    LlamaConfig config = new LlamaConfig(32, 64, 2, 4, 2, 8, 64, 32, 1e-5, 10_000);
    PlanOptions options = PlanOptions.DEFAULT.nodes(nodes, topology);
    return Planner.plan(Outline.of(name, config, true), board, options);
  }

  /** With all that a page can have but how the plan was found. */
  static FlockReport of(Plan plan) {
    Layout layout = new Layout(plan);
    Optional<PassForecast> pass = Rehearsal.typical(plan, layout);
    Optional<Scaling> scaling = pass.map(known -> Scaling.of(plan, known, 4, Progress.NONE));
    List<String> command = List.of("report", "--nodes", "" + plan.members().size());
    return new FlockReport(
        plan.model().name(), plan, layout, pass, scaling, Optional.empty(), command);
  }
}
