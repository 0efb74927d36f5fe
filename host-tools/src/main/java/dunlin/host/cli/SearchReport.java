package dunlin.host.cli;

import dunlin.host.plan.LinkKind;
import dunlin.host.plan.Topology;
import dunlin.host.search.Candidate;
import dunlin.host.search.Objective;
import dunlin.host.search.Outcome;
import dunlin.host.search.Outcome.Rejected;
import java.util.List;

/**
 * How a plan was found.
 *
 * @param options what the command line says for the plan
 * @param tried the flocks that were rehearsed, the best first
 * @param rejected those that cannot be, and why
 * @param passedOver how many were left out because others looked better
 */
record SearchReport(
    Objective objective,
    String options,
    List<Flock> tried,
    List<Rejected> rejected,
    int passedOver) {

  /** A flock, and what a token takes on it. */
  record Flock(
      int nodes,
      Topology topology,
      LinkKind link,
      int stages,
      double rootShare,
      double nanoseconds,
      double microjoules) {
    private static Flock of(Outcome.Tried tried) {
      Candidate flock = tried.flock();
      return new Flock(
          flock.nodes(),
          flock.topology(),
          flock.link(),
          flock.stages(),
          flock.rootShare(),
          tried.score().nanos(),
          tried.score().microjoules());
    }
  }

  static SearchReport of(Objective objective, Outcome outcome) {
    return new SearchReport(
        objective,
        outcome.tried().get(0).flock().options(),
        outcome.tried().stream().map(Flock::of).toList(),
        outcome.rejected(),
        outcome.passedOver());
  }
}
