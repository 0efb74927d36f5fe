package dunlin.host.sweep;

import dunlin.boards.BoardType;
import dunlin.host.flock.Progress;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.quantise.QuantisedModel;
import dunlin.host.search.Candidate;
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

  /** One that is given. */
  record Given(Candidate flock) implements Wanted {
    @Override
    public String options() {
      return flock.options();
    }

    @Override
    public Found plan(QuantisedModel model, BoardType board, PlanOptions asked) {
      return new Found(Planner.plan(model, board, flock.on(asked)), flock.rootShare());
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
