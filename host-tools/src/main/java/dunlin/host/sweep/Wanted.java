package dunlin.host.sweep;

import dunlin.boards.BoardType;
import dunlin.host.flock.Progress;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.QuantisedModel;
import dunlin.host.search.Objective;
import dunlin.host.search.Outcome;
import dunlin.host.search.Search;

/** The flock that a point of a sweep is of. */
public sealed interface Wanted {
  /** What the command line says for it. */
  String options();

  /**
   * Plans it.
   *
   * @param asked what holds for any flock
   * @throws dunlin.boards.Refusal where it cannot be
   */
  Found plan(QuantisedModel model, BoardType board, PlanOptions asked);

  /** A plan, and what its root holds where any other node holds 1. */
  record Found(Plan plan, double rootShare) {}

  /**
   * One that is given, in equal parts.
   *
   * @param nodes how many boards
   * @param topology how those of a stage are wired
   * @param link by what
   * @param stages pipeline stages
   */
  record Given(int nodes, Topology topology, LinkKind link, int stages) implements Wanted {
    @Override
    public String options() {
      return "--nodes "
          + nodes
          + (nodes == 1 ? "" : " --topology " + topology + " --link " + link)
          + (stages == 1 ? "" : " --stages " + stages);
    }

    @Override
    public Found plan(QuantisedModel model, BoardType board, PlanOptions asked) {
      PlanOptions options = asked.nodes(nodes, topology).with(link).staged(stages);
      return new Found(Planner.plan(model, board, options), 1);
    }
  }

  /**
   * The best of all.
   *
   * @param most boards that there may be
   */
  record Best(Objective objective, int most) implements Wanted {
    @Override
    public String options() {
      return "--nodes auto --objective " + objective + " --most " + most;
    }

    @Override
    public Found plan(QuantisedModel model, BoardType board, PlanOptions asked) {
      Outcome outcome = Search.best(model, board, asked, objective, most, Progress.NONE);
      return new Found(outcome.best(), outcome.tried().get(0).flock().rootShare());
    }
  }
}
