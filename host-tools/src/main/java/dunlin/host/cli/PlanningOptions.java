package dunlin.host.cli;

import dunlin.host.plan.Plan;
import dunlin.host.plan.Planner;
import dunlin.host.quantise.QuantisedModel;
import dunlin.host.search.Objective;
import dunlin.host.search.Outcome;
import dunlin.host.search.Search;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** A flock to look at before anything is built: one that is asked for, or the best there is. */
final class PlanningOptions {
  @Mixin private ModelOptions model;
  @Mixin private FlockOptions flock;
  @Mixin private SearchOptions search;

  /**
   * A plan.
   *
   * @param search how it was found, where it was looked for
   */
  record Found(Plan plan, Optional<Outcome> search) {}

  /** Plans, or searches. */
  Found find() {
    QuantisedModel quantised = search.outline().orElseGet(this::quantised);
    if (flock.automatic()) {
      Outcome outcome =
          Search.best(
              quantised,
              flock.anyBoard(model.flock()),
              flock.anyFlock(),
              objective(),
              search.most());
      return new Found(outcome.best(), Optional.of(outcome));
    }
    Plan plan = Planner.plan(quantised, flock.boards(model.flock()), flock.options(model.flock()));
    return new Found(plan, Optional.empty());
  }

  /** What a plan is for, where it is looked for. */
  Objective objective() {
    return search.objective();
  }

  /** Boards at most. */
  int most() {
    return search.most();
  }

  private QuantisedModel quantised() {
    return Built.quantised(model.read(flock.model()), model.calibration());
  }
}
