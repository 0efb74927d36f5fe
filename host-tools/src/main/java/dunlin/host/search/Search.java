package dunlin.host.search;

import dunlin.boards.BoardType;
import dunlin.boards.Misuse;
import dunlin.boards.Refusal;
import dunlin.firmware.Request;
import dunlin.host.flock.Progress;
import dunlin.host.plan.Fetch;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Schedule;
import dunlin.host.plan.Shares;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.QuantisedModel;
import dunlin.host.search.Outcome.Chunk;
import dunlin.host.search.Outcome.Tried;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Looks for the best flock. All that it chooses is bit-neutral: boards, their wires, stages, what
 * each holds, when sums travel, and the chunks of prompts. Every way to build one is estimated;
 * those that look best are rehearsed in virtual time, and then whatever is close to the best.
 */
public final class Search {
  /** Rehearsals for the choice of boards and wires. */
  private static final int FIRST = 10;

  /** Rehearsals in all. */
  private static final int MOST = 40;

  /** Times what the best flock is estimated at: as far off as estimates have been seen to be. */
  private static final double PROMISING = 1.5;

  /** Of what a prompt took, what it must take at most for a larger chunk to be worth its RAM. */
  private static final double WORTHWHILE = 0.99;

  /** What the root may hold where any other node holds 1: it has more to do besides. */
  private static final List<Double> ROOT_SHARES = List.of(0.75, 0.5, 0.25);

  private final QuantisedModel model;
  private final Supply supply;
  private final PlanOptions asked;
  private final Objective objective;
  private final int context;
  private final Rehearsals rehearsals;
  private final Estimate estimate;

  private Search(
      QuantisedModel model,
      Supply supply,
      PlanOptions asked,
      Objective objective,
      IntConsumer done) {
    this.model = model;
    this.supply = supply;
    this.asked = asked;
    this.objective = objective;
    context = asked.context() == 0 ? model.config().context() : asked.context();
    int position = Math.max(1, context / 2);
    rehearsals = new Rehearsals(model, asked, objective, position, done);
    estimate = new Estimate(model.config(), position);
  }

  /** Searches among flocks of one type of board; see the other method. */
  public static Outcome best(
      QuantisedModel model,
      BoardType board,
      PlanOptions asked,
      Objective objective,
      int most,
      Progress progress) {
    return best(model, new Supply.Types(List.of(board), most), asked, objective, progress);
  }

  /**
   * Searches.
   *
   * @param asked what holds for any flock: context, weights, host, and the chunk if it is given
   * @param progress counts rehearsals
   * @throws Refusal where the pace of a board is not known, or no flock holds the model, or what is
   *     asked cannot be
   */
  public static Outcome best(
      QuantisedModel model,
      Supply supply,
      PlanOptions asked,
      Objective objective,
      Progress progress) {
    supply.all().forEach(board -> checkPace(board, asked));
    return progress.during(
        "looking for flocks",
        MOST,
        done -> new Search(model, supply, asked, objective, done).search());
  }

  private static void checkPace(BoardType board, PlanOptions asked) {
    if (board.performance() == null) {
      throw new Misuse(
          "of " + board.name() + " it is not known how fast it is",
          "choose a board with a [performance] section, or say how many --nodes");
    }
    if (asked.weights() != null && asked.weights() != board.weights()) {
      throw new Misuse(
          "of %s weights on %s it is not known how fast they are"
              .formatted(asked.weights().name().toLowerCase(Locale.ROOT), board.name()),
          "leave --weights out, or say how many --nodes");
    }
  }

  private Outcome search() {
    Planner.plan(model, supply.all().get(0), asked); // what no board can be asked
    List<Candidate> candidates = candidates();
    int looked = 0;
    while (looked < candidates.size() && rehearsals.count() < FIRST) {
      rehearsals.improves(candidates.get(looked++));
    }
    if (rehearsals.count() == 0) {
      throw new Refusal(
          rehearsals.rejected().get(0).why(), "choose larger boards, or a smaller --context");
    }
    while (refines()) {
      // what is close to the best now is not what was close to the best before
    }
    return outcome(candidates.size() - looked);
  }

  /** Those that look best first. */
  private List<Candidate> candidates() {
    if (supply instanceof Supply.Types types) {
      return new Candidates(model, types, chunks(), rehearsals)
          .all(objective == Objective.BOARDS).stream()
              .sorted(Comparator.comparing(estimate::of, objective.order()))
              .toList();
    }
    Supply.Wired wired = (Supply.Wired) supply;
    double[] shares = Shares.of(wired.boards(), model.weightBytes());
    return chunks().stream()
        .map(
            rows ->
                Candidate.of(wired.boards(), wired.topology(), wired.link(), wired.stages(), rows)
                    .sharing(shares))
        .toList();
  }

  /** Sizes to begin with, the best first: smaller ones are for boards with little RAM. */
  private List<Integer> chunks() {
    return asked.chunk() != 0
        ? List.of(asked.chunk())
        : IntStream.iterate(Planner.usualChunk(context), rows -> rows > 0, rows -> rows / 2)
            .boxed()
            .toList();
  }

  /** Rehearses what is close to the best; whether that has found a better one. */
  private boolean refines() {
    Tried before = rehearsals.best();
    if (supply instanceof Supply.Types types) {
      wires();
      counts(types.most());
    }
    if (before.flock().boards().stream().anyMatch(Search::fetches)) {
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
    return rehearsals.count() < MOST && rehearsals.improves(flock);
  }

  private void schedules() {
    for (Schedule schedule : Schedule.values()) {
      improves(rehearsals.best().flock().with(schedule));
    }
  }

  /** Other wires that do not look much worse. */
  private void wires() {
    Candidate best = rehearsals.best().flock();
    double most = PROMISING * estimate.of(best).nanos();
    for (Topology topology : Topology.values()) {
      for (LinkKind link : LinkKind.values()) {
        Candidate other = best.wired(topology, link);
        if (estimate.of(other).nanos() <= most) {
          improves(other);
        }
      }
    }
  }

  /** One board more or less; fewer than the fewest have been looked for already. */
  private void counts(int most) {
    int nodes = rehearsals.best().flock().nodes();
    if (objective != Objective.BOARDS && nodes < most) {
      improves(rehearsals.best().flock().withNodes(nodes + 1));
    }
    if (objective != Objective.BOARDS && nodes > rehearsals.best().flock().stages()) {
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
      better = improves(best.sharing(Shares.of(best.boards(), rates, model.weightBytes())));
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

  private Outcome outcome(int passedOver) {
    Tried fastest = rehearsals.best();
    List<Chunk> chunks = chunks(fastest);
    int rows =
        chunks.stream()
            .min(Comparator.comparingDouble(cost()))
            .map(Chunk::rows)
            .orElse(fastest.flock().chunk());
    Tried best = new Tried(fastest.flock().withChunk(rows), fastest.score());
    List<Tried> tried = new ArrayList<>(rehearsals.tried());
    tried.set(tried.indexOf(fastest), best);
    Plan plan = rehearsals.plan(best.flock());
    return new Outcome(supply, plan, List.copyOf(tried), chunks, rehearsals.rejected(), passedOver);
  }

  /** Twice as large ones, as long as prompts take less and tokens that are written no more. */
  private List<Chunk> chunks(Tried best) {
    List<Chunk> chunks = new ArrayList<>();
    double enough = Double.POSITIVE_INFINITY;
    int largest = asked.chunk() == 0 ? Request.MAX_ROWS : asked.chunk();
    for (int rows = best.flock().chunk(); rows <= largest; rows *= 2) {
      Optional<Chunk> chunk = rehearsals.chunk(best.flock().withChunk(rows), best);
      chunk.ifPresent(chunks::add);
      if (chunk.isEmpty() || cost().applyAsDouble(chunk.get()) > enough) {
        break;
      }
      enough = WORTHWHILE * cost().applyAsDouble(chunk.get());
    }
    return chunks;
  }

  private ToDoubleFunction<Chunk> cost() {
    return objective == Objective.ENERGY ? Chunk::microjoules : Chunk::nanos;
  }
}
