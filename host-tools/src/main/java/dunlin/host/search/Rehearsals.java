package dunlin.host.search;

import dunlin.boards.BoardType;
import dunlin.boards.Misuse;
import dunlin.boards.Refusal;
import dunlin.host.compile.Footprint;
import dunlin.host.compile.Layout;
import dunlin.host.forecast.NodeForecast;
import dunlin.host.forecast.PassForecast;
import dunlin.host.forecast.Rehearsal;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.QuantisedEncoder;
import dunlin.host.quantise.QuantisedModel;
import dunlin.host.search.Objective.Score;
import dunlin.host.search.Outcome.Chunk;
import dunlin.host.search.Outcome.Rejected;
import dunlin.host.search.Outcome.Tried;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;

/** What flocks take for a token half way through the context, each found out once. */
final class Rehearsals {
  private final QuantisedModel model;
  private final PlanOptions asked;
  private final Comparator<Tried> order;
  private final int position;
  private final IntConsumer done;
  private final Map<Division, Plan> divided = new HashMap<>();
  private final Set<Candidate> seen = new HashSet<>();
  private final List<Tried> tried = new ArrayList<>();
  private final List<Rejected> rejected = new ArrayList<>();

  /** Nanoseconds that each node of the best flock so far computes. */
  private List<Long> computing = List.of();

  /** What a plan's parts depend on. */
  private record Division(List<BoardType> boards, int stages, List<Double> shares) {}

  /**
   * Nothing is rehearsed yet.
   *
   * @param position of the token
   * @param done is told how many flocks were rehearsed
   */
  Rehearsals(
      QuantisedModel model,
      PlanOptions asked,
      Objective objective,
      int position,
      IntConsumer done) {
    this.model = model;
    this.asked = asked;
    this.position = position;
    this.done = done;
    order = Comparator.comparing(Tried::score, objective.order());
  }

  /** How many there were. */
  int count() {
    return tried.size();
  }

  /** Those that there were, the best first. */
  List<Tried> tried() {
    return tried.stream().sorted(order).toList();
  }

  /** The best one so far, the first of several. */
  Tried best() {
    return tried.stream().min(order).orElseThrow();
  }

  /** How long each node of the best one computes, in nanoseconds. */
  List<Long> computing() {
    return computing;
  }

  List<Rejected> rejected() {
    return rejected;
  }

  void reject(Candidate flock, String why) {
    rejected.add(new Rejected(flock, why));
  }

  /** Rehearses a flock that was not rehearsed before; whether it is the best one now. */
  boolean improves(Candidate flock) {
    if (!seen.add(flock)) {
      return false;
    }
    Optional<PassForecast> pass = pass(flock);
    if (pass.isEmpty()) {
      return false;
    }
    Tried it = tried(flock, pass.get());
    boolean better = tried.isEmpty() || order.compare(it, best()) < 0;
    tried.add(it);
    if (better) {
      computing = pass.get().nodes().stream().map(NodeForecast::computeNanos).toList();
    }
    done.accept(tried.size());
    return better;
  }

  private static Tried tried(Candidate flock, PassForecast pass) {
    return new Tried(flock, new Score(flock.nodes(), pass.nanos(), pass.microjoules()));
  }

  /** Rehearses a flock that fits, without a place among those that were tried. */
  Tried rehearsed(Candidate flock) {
    Plan plan = plan(flock);
    return tried(flock, typical(plan, Layout.withoutRemedies(plan)));
  }

  /** Nothing where it cannot be. */
  private Optional<PassForecast> pass(Candidate flock) {
    try {
      Plan plan = plan(flock);
      Layout layout = Layout.withoutRemedies(plan);
      layout.requireFit();
      return Optional.of(typical(plan, layout));
    } catch (Refusal cannotBe) {
      reject(flock, cannotBe.what());
      return Optional.empty();
    }
  }

  /**
   * What a token of a prompt takes, in chunks that the context holds twice.
   *
   * @return nothing where they do not fit, or take a token that is written more than {@code most}
   */
  Optional<Chunk> chunk(Candidate flock, Tried most) {
    Plan plan = plan(flock);
    Layout layout = Layout.withoutRemedies(plan);
    int rows = flock.chunk();
    if (!layout.fits() || 2 * rows > plan.context()) {
      return Optional.empty();
    }
    if (!flock.equals(most.flock())
        && order.compare(tried(flock, typical(plan, layout)), most) > 0) {
      return Optional.empty();
    }
    int owner = Rehearsal.farthestOwner(plan);
    PassForecast pass = Rehearsal.prompt(plan, layout, rows, owner).pass();
    double nanos = (double) pass.nanos() / rows;
    return Optional.of(new Chunk(rows, ram(layout), nanos, pass.microjoules() / rows));
  }

  private PassForecast typical(Plan plan, Layout layout) {
    return model instanceof QuantisedEncoder
        ? Rehearsal.classifying(plan, layout).pass()
        : Rehearsal.decoding(plan, layout, position, Rehearsal.farthestOwner(plan)).pass();
  }

  private static long ram(Layout layout) {
    return layout.footprints().stream()
        .mapToLong(node -> node.ram().stream().mapToLong(Footprint.Ram::bytes).sum())
        .max()
        .orElseThrow();
  }

  /** A plan of a flock; it need not fit. */
  Plan plan(Candidate flock) {
    Plan plan =
        divided.computeIfAbsent(
            new Division(flock.boards(), flock.stages(), flock.shares()), key -> divide(flock));
    return Planner.rewired(plan, flock.topology(), flock.link())
        .with(plan.context(), flock.chunk())
        .with(flock.schedule())
        .with(flock.fetch());
  }

  /** Wired by the first kind of links for which the boards have the ports. */
  private Plan divide(Candidate flock) {
    try {
      return divide(flock, LinkKind.UART);
    } catch (Misuse noUartToSpare) {
      return divide(flock, LinkKind.SPI);
    }
  }

  private Plan divide(Candidate flock, LinkKind link) {
    return Planner.plan(model, flock.boards(), flock.wired(Topology.CHAIN, link).on(asked));
  }
}
