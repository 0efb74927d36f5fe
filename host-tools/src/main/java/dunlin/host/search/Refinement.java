package dunlin.host.search;

import dunlin.boards.BoardType;
import dunlin.host.plan.Fetch;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.Schedule;
import dunlin.host.plan.Shares;
import dunlin.host.plan.Topology;
import dunlin.host.search.Outcome.Tried;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rehearses what is close to the best flock: what differs from it by one choice. */
final class Refinement {
  /** Times what the best flock is estimated at: as far off as estimates have been seen to be. */
  private static final double PROMISING = 1.5;

  /** What the root may hold where any other node holds 1: it has more to do besides. */
  private static final List<Double> ROOT_SHARES = List.of(0.75, 0.5, 0.25);

  private final Supply supply;
  private final boolean countIsFixed;
  private final long weightBytes;
  private final Rehearsals rehearsals;
  private final Estimate estimate;
  private final int most;

  /**
   * Of what was rehearsed so far.
   *
   * @param countIsFixed whether there are as many boards as there are to be
   * @param weightBytes of the model
   * @param most rehearsals in all
   */
  Refinement(
      Supply supply,
      boolean countIsFixed,
      long weightBytes,
      Rehearsals rehearsals,
      Estimate estimate,
      int most) {
    this.supply = supply;
    this.countIsFixed = countIsFixed;
    this.weightBytes = weightBytes;
    this.rehearsals = rehearsals;
    this.estimate = estimate;
    this.most = most;
  }

  /** Whether it has found a better one, to which other flocks may be close. */
  boolean improves() {
    Tried before = rehearsals.best();
    if (supply instanceof Supply.Types types) {
      if (before.flock().nodes() > 1) {
        wires();
      }
      if (!countIsFixed) {
        counts(types.most());
      }
    }
    if (before.flock().boards().stream().anyMatch(Refinement::fetches)) {
      improves(rehearsals.best().flock().with(Fetch.BLOCKS));
      improves(rehearsals.best().flock().with(Fetch.PARTS));
    }
    if (before.flock().nodes() > 1) {
      schedules();
      balance();
      rootShares();
    }
    return !rehearsals.best().equals(before);
  }

  private static boolean fetches(BoardType board) {
    return board.performance().offChip() != null;
  }

  private boolean improves(Candidate flock) {
    return rehearsals.count() < most && rehearsals.improves(flock);
  }

  private void schedules() {
    for (Schedule schedule : Schedule.values()) {
      improves(rehearsals.best().flock().with(schedule));
    }
  }

  /** Other wires that do not look much worse. */
  private void wires() {
    Candidate best = rehearsals.best().flock();
    double promising = PROMISING * estimate.of(best).nanos();
    for (Topology topology : Topology.values()) {
      for (LinkKind link : LinkKind.values()) {
        Candidate other = best.wired(topology, link);
        if (estimate.of(other).nanos() <= promising) {
          improves(other);
        }
      }
    }
  }

  /** One board more or less; fewer than the fewest have been looked for already. */
  private void counts(int available) {
    int nodes = rehearsals.best().flock().nodes();
    if (nodes < available) {
      improves(rehearsals.best().flock().withNodes(nodes + 1));
    }
    if (nodes > rehearsals.best().flock().stages()) {
      improves(rehearsals.best().flock().withNodes(nodes - 1));
    }
  }

  /** Boards of each type get so much that all types compute as long, as far as there is room. */
  private void balance() {
    boolean better = rehearsals.best().flock().boards().stream().distinct().count() > 1;
    while (better) {
      Candidate best = rehearsals.best().flock();
      Map<BoardType, Double> computing =
          IntStream.range(0, best.nodes())
              .boxed()
              .collect(
                  Collectors.groupingBy(
                      rank -> best.boards().get(rank),
                      Collectors.averagingLong(rehearsals.computing()::get)));
      double[] rates =
          IntStream.range(0, best.nodes())
              .mapToDouble(rank -> best.shares().get(rank) / computing.get(best.boards().get(rank)))
              .toArray();
      better = improves(best.sharing(Shares.of(best.boards(), rates, weightBytes)));
    }
  }

  /** The root gets less of the model, as long as that helps. */
  private void rootShares() {
    Candidate start = rehearsals.best().flock();
    for (double share : ROOT_SHARES) {
      if (!improves(start.timesRootShare(share))) {
        return;
      }
    }
  }
}
