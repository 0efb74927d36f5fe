package dunlin.host.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dunlin.boards.BoardType;
import dunlin.host.plan.Fetch;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.Schedule;
import dunlin.host.plan.Topology;
import dunlin.host.search.Candidate;
import dunlin.host.search.Objective;
import dunlin.host.search.Outcome;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How a plan was found.
 *
 * @param options what the command line says for the plan
 * @param tried the flocks that were rehearsed, the best first
 * @param chunks in which the best one could take prompts
 * @param rejected those that cannot be, and why
 * @param passedOver how many were left out because others looked better
 */
record SearchReport(
    Objective objective,
    String options,
    List<Tried> tried,
    List<Outcome.Chunk> chunks,
    List<Rejected> rejected,
    int passedOver) {

  /** A flock. */
  record Flock(
      String board,
      int nodes,
      Topology topology,
      LinkKind link,
      int stages,
      double rootShare,
      Schedule schedule,
      Fetch fetch,
      int chunk) {
    private static Flock of(Candidate flock) {
      return new Flock(
          flock.boards().stream().map(BoardType::name).distinct().collect(Collectors.joining(",")),
          flock.nodes(),
          flock.topology(),
          flock.link(),
          flock.stages(),
          flock.rootShare(),
          flock.schedule(),
          flock.fetch(),
          flock.chunk());
    }
  }

  /** A flock, and what a token takes on it. */
  record Tried(@JsonUnwrapped Flock flock, double nanoseconds, double microjoules) {
    private static Tried of(Outcome.Tried tried) {
      return new Tried(Flock.of(tried.flock()), tried.score().nanos(), tried.score().microjoules());
    }
  }

  /** A flock that cannot be, and why. */
  record Rejected(Flock flock, String why) {}

  static SearchReport of(Objective objective, Outcome outcome) {
    return new SearchReport(
        objective,
        outcome.options(outcome.tried().get(0).flock()),
        outcome.tried().stream().map(Tried::of).toList(),
        outcome.chunks(),
        outcome.rejected().stream()
            .map(no -> new Rejected(Flock.of(no.flock()), no.why()))
            .toList(),
        outcome.passedOver());
  }
}
