package dunlin.host.search;

import dunlin.boards.BoardType;
import dunlin.boards.Misuse;
import dunlin.boards.Refusal;
import dunlin.host.compile.Layout;
import dunlin.host.flock.Progress;
import dunlin.host.forecast.PassForecast;
import dunlin.host.forecast.Rehearsal;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.plan.Wiring;
import dunlin.host.quantise.QuantisedEncoder;
import dunlin.host.quantise.QuantisedModel;
import dunlin.host.search.Objective.Score;
import dunlin.host.search.Outcome.Rejected;
import dunlin.host.search.Outcome.Tried;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Looks for the best flock of one type of board. All that it chooses is bit-neutral: how many
 * boards, their wires, stages, and how much the root holds. Every way to build one is estimated;
 * those that look best are rehearsed in virtual time, and the best of them is refined.
 */
public final class Search {
  /** Rehearsals for the choice of boards and wires. */
  private static final int REHEARSALS = 10;

  /** What the root may hold where any other node holds 1: it has more to do besides. */
  private static final List<Double> ROOT_SHARES = List.of(0.75, 0.5, 0.25);

  private final QuantisedModel model;
  private final BoardType board;
  private final PlanOptions asked;
  private final Objective objective;
  private final int position;
  private final List<Rejected> rejected = new ArrayList<>();

  private Search(QuantisedModel model, BoardType board, PlanOptions asked, Objective objective) {
    this.model = model;
    this.board = board;
    this.asked = asked;
    this.objective = objective;
    int context = asked.context() == 0 ? model.config().context() : asked.context();
    position = Math.max(1, context / 2);
  }

  /**
   * Searches.
   *
   * @param asked what holds for any flock: context, chunk, weights, host
   * @param most boards that there may be
   * @param progress counts rehearsals
   * @throws Refusal where the pace of the board is not known, or no flock holds the model, or what
   *     is asked cannot be
   */
  public static Outcome best(
      QuantisedModel model,
      BoardType board,
      PlanOptions asked,
      Objective objective,
      int most,
      Progress progress) {
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
    return progress.during(
        "looking for flocks",
        REHEARSALS,
        done -> new Search(model, board, asked, objective).search(most, done));
  }

  private Outcome search(int most, IntConsumer done) {
    plan(any(1, 1, LinkKind.UART)); // what cannot be on one board is not for want of wires
    int fewest = fewest(most);
    Estimate estimate = new Estimate(model.config(), board, position);
    Comparator<Candidate> better = Comparator.comparing(estimate::of, objective.order());
    List<Candidate> candidates = candidates(fewest, most).stream().sorted(better).toList();
    List<Tried> tried = new ArrayList<>();
    int looked = 0;
    for (Candidate candidate : candidates) {
      if (tried.size() == REHEARSALS) {
        break;
      }
      looked++;
      rehearse(candidate, tried);
      done.accept(tried.size());
    }
    if (tried.isEmpty()) {
      throw nothing(most);
    }
    refine(tried);
    tried.sort(Comparator.comparing(Tried::score, objective.order()));
    Plan best = plan(tried.get(0).flock());
    return new Outcome(best, List.copyOf(tried), rejected, candidates.size() - looked);
  }

  /** The root gets less of the model, as long as that helps. */
  private void refine(List<Tried> tried) {
    Tried best =
        tried.stream().min(Comparator.comparing(Tried::score, objective.order())).orElseThrow();
    if (best.flock().nodes() == 1) {
      return;
    }
    Score reached = best.score();
    for (double share : ROOT_SHARES) {
      int before = tried.size();
      rehearse(best.flock().withRootShare(share), tried);
      if (tried.size() == before
          || objective.order().compare(tried.get(before).score(), reached) >= 0) {
        return;
      }
      reached = tried.get(before).score();
    }
  }

  private void rehearse(Candidate candidate, List<Tried> tried) {
    try {
      Plan plan = plan(candidate);
      Layout layout = Layout.withoutRemedies(plan);
      if (!layout.fits()) {
        return;
      }
      PassForecast pass = rehearsed(plan, layout);
      tried.add(
          new Tried(candidate, new Score(candidate.nodes(), pass.nanos(), pass.microjoules())));
    } catch (Misuse cannotBeWired) {
      rejected.add(new Rejected(candidate, cannotBeWired.what()));
    }
  }

  private PassForecast rehearsed(Plan plan, Layout layout) {
    return plan.model() instanceof QuantisedEncoder
        ? Rehearsal.classifying(plan, layout).pass()
        : Rehearsal.decoding(plan, layout, position, Rehearsal.farthestOwner(plan)).pass();
  }

  private Plan plan(Candidate candidate) {
    return Planner.plan(model, board, candidate.on(asked));
  }

  /** The least number of boards that hold the model in any way; what speaks against fewer. */
  private int fewest(int most) {
    int bad = 0;
    int good = 1;
    while (!fits(good)) {
      bad = good;
      if (good == most) {
        throw nothing(most);
      }
      good = Math.min(2 * good, most);
    }
    while (good - bad > 1) {
      int middle = (good + bad) >>> 1;
      if (fits(middle)) {
        good = middle;
      } else {
        bad = middle;
      }
    }
    if (bad > 0) {
      rejected.add(why(bad));
    }
    return good;
  }

  /** In any number of stages. */
  private boolean fits(int nodes) {
    return stages(nodes).stream().anyMatch(stages -> fits(nodes, stages));
  }

  /** With the first kind of wires for which boards have the ports: nodes hold the same by any. */
  private boolean fits(int nodes, int stages) {
    return Stream.of(LinkKind.values())
        .flatMap(link -> layout(any(nodes, stages, link)).stream())
        .findFirst()
        .map(Layout::fits)
        .orElse(false);
  }

  /** What speaks against so many boards in one stage. */
  private Rejected why(int nodes) {
    Candidate flock = any(nodes, 1, LinkKind.UART);
    try {
      Layout.withoutRemedies(plan(flock)).requireFit();
      throw new IllegalStateException(nodes + " nodes fit");
    } catch (Refusal shortage) {
      return new Rejected(flock, shortage.what());
    }
  }

  /** Nothing where the boards have too few ports. */
  private Optional<Layout> layout(Candidate flock) {
    try {
      return Optional.of(Layout.withoutRemedies(plan(flock)));
    } catch (Misuse cannotBeWired) {
      return Optional.empty();
    }
  }

  private static Candidate any(int nodes, int stages, LinkKind link) {
    return new Candidate(nodes, Topology.CHAIN, link, stages, 1);
  }

  private Refusal nothing(int most) {
    return new Refusal(
        model.name() + " does not fit " + most + " × " + board.name(),
        "choose a larger board, more of them (--most), or a smaller --context");
  }

  private List<Candidate> candidates(int fewest, int most) {
    List<Candidate> all = new ArrayList<>();
    Set<String> same = new HashSet<>();
    for (int nodes : counts(fewest, objective == Objective.BOARDS ? fewest : most)) {
      for (int stages : stages(nodes)) {
        for (Topology topology : Topology.values()) {
          for (LinkKind link : LinkKind.values()) {
            Candidate candidate = new Candidate(nodes, topology, link, stages, 1);
            wired(candidate).filter(same::add).ifPresent(wires -> all.add(candidate));
          }
        }
      }
    }
    return all;
  }

  /** How a flock is wired and divided, in words; nothing where it cannot be. */
  private Optional<String> wired(Candidate candidate) {
    try {
      Wiring wiring = plan(candidate).wiring();
      return Optional.of(
          IntStream.range(0, candidate.nodes())
              .mapToObj(rank -> wiring.parent(rank) + "/" + wiring.leader(rank))
              .collect(
                  Collectors.joining(
                      " ", candidate.nodes() == 1 ? "" : candidate.link() + " ", "")));
    } catch (Misuse cannotBeWired) {
      rejected.add(new Rejected(candidate, cannotBeWired.what()));
      return Optional.empty();
    }
  }

  /** All up to eight, then steps of a quarter. */
  private static List<Integer> counts(int fewest, int most) {
    List<Integer> counts = new ArrayList<>();
    for (int nodes = fewest; nodes < most; nodes = nodes < 8 ? nodes + 1 : nodes + nodes / 4) {
      counts.add(nodes);
    }
    counts.add(most);
    return counts;
  }

  /** One, and doublings up to a node or a block each. */
  private List<Integer> stages(int nodes) {
    int most = Math.min(nodes, model.config().layers());
    return IntStream.concat(
            IntStream.iterate(1, stages -> stages < most, stages -> 2 * stages), IntStream.of(most))
        .filter(stages -> (nodes + stages - 1) / stages <= model.config().hidden())
        .boxed()
        .toList();
  }
}
