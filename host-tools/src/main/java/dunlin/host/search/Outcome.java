package dunlin.host.search;

import dunlin.host.plan.Plan;
import dunlin.host.plan.Planner;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a search has found.
 *
 * @param supply the boards that there were
 * @param best the plan to build
 * @param tried the flocks that were rehearsed, the best first
 * @param chunks in which that one could take prompts, and what they cost
 * @param rejected those that cannot be, and why
 * @param passedOver how many were left out because others looked better
 */
public record Outcome(
    Supply supply,
    Plan best,
    List<Tried> tried,
    List<Chunk> chunks,
    List<Rejected> rejected,
    int passedOver) {
  /** A flock, and what a token takes on it. */
  public record Tried(Candidate flock, Objective.Score score) {}

  /** A flock that cannot be. */
  public record Rejected(Candidate flock, String why) {}

  /**
   * A size of chunks.
   *
   * @param rows of a pass, at most
   * @param ramBytes that the fullest node takes
   * @param nanos that a token of a prompt takes
   * @param microjoules that it takes
   */
  public record Chunk(int rows, long ramBytes, double nanos, double microjoules) {}

  /** What the command line says for a flock. */
  public String options(Candidate flock) {
    String others = flock.otherOptions(Planner.usualChunk(best.model(), best.context()));
    Stream<String> options =
        supply instanceof Supply.Wired
            ? Stream.of(others)
            : Stream.of(
                supply.all().size() == 1 ? "" : flock.boardOption(), flock.wireOptions(), others);
    return options.filter(option -> !option.isEmpty()).collect(Collectors.joining(" "));
  }
}
