package dunlin.host.cli;

import dunlin.host.flock.ImportedNetwork;
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
   * @param model its model's name
   * @param search how it was found, where it was looked for
   */
  record Found(String model, Plan plan, Optional<Outcome> search) {}

  /** Plans, or searches. */
  Found find() {
    return search
        .outline()
        .map(outline -> find(outline.name(), outline))
        .orElseGet(this::findForWeights);
  }

  private Found findForWeights() {
    ImportedNetwork source = model.network(flock.model());
    return find(source.name(), source.quantised(model.calibration(), new ProgressBars()));
  }

  private Found find(String name, QuantisedModel quantised) {
    DefaultFlock otherwise = model.flock();
    if (flock.automatic()) {
      Outcome outcome =
          Search.best(
              quantised,
              flock.supply(otherwise, search.most()),
              flock.anyFlock(),
              objective(),
              new ProgressBars());
      return new Found(name, outcome.best(), Optional.of(outcome));
    }
    Plan plan = Planner.plan(quantised, flock.boards(otherwise), flock.options(otherwise));
    return new Found(name, plan, Optional.empty());
  }

  /** What a plan is for, where it is looked for. */
  Objective objective() {
    return search.objective();
  }

  /** Boards at most. */
  int most() {
    return search.most();
  }
}
