package dunlin.host.search;

import dunlin.host.plan.Plan;
import java.util.List;

/**
 * What a search has found.
 *
 * @param best the plan to build
 * @param tried the flocks that were rehearsed, the best first
 * @param rejected those that cannot be, and why
 * @param passedOver how many were left out because others looked better
 */
public record Outcome(Plan best, List<Tried> tried, List<Rejected> rejected, int passedOver) {
  /** A flock, and what a token takes on it. */
  public record Tried(Candidate flock, Objective.Score score) {}

  /** A flock that cannot be. */
  public record Rejected(Candidate flock, String why) {}
}
