package dunlin.host.search;

import dunlin.boards.BoardType;
import dunlin.boards.BoardType.Weights;
import dunlin.boards.Misuse;
import dunlin.boards.Refusal;
import dunlin.host.flock.Progress;
import dunlin.host.forecast.UnknownTime;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Shares;
import dunlin.host.quantise.QuantisedEncoder;
import dunlin.host.quantise.QuantisedModel;
import dunlin.host.search.Outcome.Chunk;
import dunlin.host.search.Outcome.Tried;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;
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
   * @param model flocks are compared by what they take for a token of it, or an input
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
    Weights weights = asked.weights() == null ? board.weights() : asked.weights();
    UnknownTime.of(board, weights)
        .ifPresent(
            why -> {
              throw new Misuse(why.what(), why.remedy() + ", or say how many --nodes");
            });
  }

  private Outcome search() {
    Planner.plan(model, supply.all().get(0), asked); // what no board can be asked
    List<Candidate> candidates = candidates();
    int looked = 0;
    int first = supply instanceof Supply.Types ? FIRST : 1;
    while (looked < candidates.size() && rehearsals.count() < first) {
      rehearsals.improves(candidates.get(looked++));
    }
    if (rehearsals.count() == 0) {
      throw new Refusal(
          rehearsals.rejected().get(0).why(), "choose larger boards, or a smaller --context");
    }
    refine();
    return outcome(candidates.size() - looked);
  }

  private void refine() {
    boolean counted = objective == Objective.BOARDS;
    Refinement refinement =
        new Refinement(supply, counted, model.weightBytes(), rehearsals, estimate, MOST);
    boolean better = true;
    while (better) {
      better = refinement.improves();
    }
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
    int usual = Planner.usualChunk(model, context);
    if (asked.chunk() != 0 || model instanceof QuantisedEncoder) {
      return List.of(asked.chunk() == 0 ? usual : asked.chunk());
    }
    return IntStream.iterate(usual, rows -> rows > 0, rows -> rows / 2).boxed().toList();
  }

  private Outcome outcome(int passedOver) {
    Tried fastest = rehearsals.best();
    Prompts prompts = new Prompts(rehearsals, objective);
    List<Chunk> chunks = prompts.chunks(fastest, asked.chunk() != 0);
    Tried best = prompts.best(fastest, chunks);
    List<Tried> tried = new ArrayList<>(rehearsals.tried());
    tried.set(tried.indexOf(fastest), best);
    Plan plan = rehearsals.plan(best.flock());
    return new Outcome(supply, plan, List.copyOf(tried), chunks, rehearsals.rejected(), passedOver);
  }
}
