package dunlin.host.compile;

import static java.util.stream.Collectors.joining;

import dunlin.boards.Refusal;
import dunlin.host.plan.Member;
import dunlin.host.plan.Plan;
import dunlin.host.plan.Planner;
import dunlin.host.quantise.QuantisedEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What would fit in place of a plan that does not; it was tried.
 *
 * @param nodes how many
 * @param stages in how many pipeline stages
 * @param equal whether in equal parts; if not, the parts are the plan's
 * @param context positions that the caches hold
 * @param chunk most rows of a pass
 */
public record Remedy(int nodes, int stages, boolean equal, int context, int chunk) {
  /** More nodes than anybody will wire. */
  private static final int MOST_NODES = 256;

  /**
   * The largest context on the same nodes, and the fewest nodes with the same context, in other
   * stages too if that takes fewer; where there is neither, the fewest nodes with a shorter one,
   * and the largest that they have room for.
   */
  static List<Remedy> of(Plan plan) {
    List<Remedy> remedies = new ArrayList<>(withLargestContext(plan, false));
    if (StreamRoom.suffices(plan)) {
      Optional<Plan> fewest = fewest(plan, plan.stages(), MOST_NODES);
      fewest.map(found -> of(found, true)).ifPresent(remedies::add);
      int most = fewest.map(found -> found.members().size() - 1).orElse(MOST_NODES);
      staged(plan, most).map(found -> of(found, true)).ifPresent(remedies::add);
    }
    if (remedies.isEmpty()) {
      shorter(plan)
          .filter(StreamRoom::suffices)
          .map(
              other -> fewest(other, plan.stages(), MOST_NODES).or(() -> staged(other, MOST_NODES)))
          .flatMap(Optional::stream)
          .findFirst()
          .map(found -> found.with(plan.context(), plan.chunk()))
          .ifPresent(found -> remedies.addAll(withLargestContext(found, true)));
    }
    return remedies;
  }

  /**
   * Of a decoder with the least that fits anywhere; texts of an encoder are to be of some length.
   */
  private static Stream<Plan> shorter(Plan plan) {
    return plan.model() instanceof QuantisedEncoder
        ? IntStream.iterate(plan.context() / 2, text -> text > 0, text -> text / 2)
            .mapToObj(text -> plan.with(text, text))
        : Stream.of(plan.with(1, 1));
  }

  private static Remedy of(Plan plan, boolean equal) {
    return new Remedy(plan.members().size(), plan.stages(), equal, plan.context(), plan.chunk());
  }

  /** With the plan's chunk, or else with one row; an encoder reads a text at once. */
  private static List<Remedy> withLargestContext(Plan plan, boolean equal) {
    if (plan.model() instanceof QuantisedEncoder model) {
      return model.config().words().isEmpty()
          ? List.of()
          : largest(1, plan.context(), text -> plan.with(text, text), equal).stream().toList();
    }
    return IntStream.of(plan.chunk(), 1)
        .mapToObj(chunk -> largest(chunk, plan.context(), c -> plan.with(c, chunk), equal))
        .flatMap(Optional::stream)
        .limit(1)
        .toList();
  }

  /** The plan of the largest context from {@code least} to {@code most} that fits. */
  private static Optional<Remedy> largest(
      int least, int most, IntFunction<Plan> plan, boolean equal) {
    int tooLarge = first(least, most + 1, context -> !fits(plan.apply(context)));
    return tooLarge == least ? Optional.empty() : Optional.of(of(plan.apply(tooLarge - 1), equal));
  }

  /** In the number of stages, other than the plan's, that takes the fewest nodes. */
  private static Optional<Plan> staged(Plan plan, int most) {
    Optional<Plan> best = Optional.empty();
    int bound = most;
    int layers = plan.model().config().layers();
    for (int stages = 1; stages <= layers; stages = next(stages, layers)) {
      Optional<Plan> found =
          stages == plan.stages() ? Optional.empty() : fewest(plan, stages, bound);
      if (found.isPresent()) {
        best = found;
        bound = found.get().members().size() - 1;
      }
    }
    return best;
  }

  /** Doublings, and a block each at last. */
  private static int next(int stages, int layers) {
    return stages == layers ? layers + 1 : Math.min(2 * stages, layers);
  }

  /** The plan on the fewest nodes that it fits: in steps that double, then in between. */
  private static Optional<Plan> fewest(Plan plan, int stages, int mostNodes) {
    int most = mixed(plan) ? 0 : mostNodes;
    int bad = stages - 1;
    for (int nodes = stages; bad < most; nodes = Math.min(2 * nodes, most)) {
      if (fits(plan, nodes, stages)) {
        int fewest = first(bad + 1, nodes, n -> fits(plan, n, stages));
        return Optional.of(Planner.onNodes(plan, fewest, stages));
      }
      bad = nodes;
    }
    return Optional.empty();
  }

  private static boolean mixed(Plan plan) {
    return plan.members().stream().map(Member::board).distinct().count() > 1;
  }

  private static boolean fits(Plan plan, int nodes, int stages) {
    try {
      return fits(Planner.onNodes(plan, nodes, stages));
    } catch (Refusal cannotBePlanned) {
      return false;
    }
  }

  private static boolean fits(Plan plan) {
    return IntStream.range(0, plan.members().size())
        .allMatch(rank -> new NodeLayout(plan, rank).footprint().shortages().isEmpty());
  }

  /** The least of {@code from} to {@code to} that a rising predicate holds for; or {@code to}. */
  private static int first(int from, int to, IntPredicate holds) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (holds.test(middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** For people, in place of {@code plan}. */
  static String text(List<Remedy> remedies, Plan plan) {
    Optional<String> stream =
        StreamRoom.suffices(plan) ? Optional.empty() : Optional.of("; " + StreamRoom.remedy(plan));
    if (remedies.isEmpty()) {
      return mixed(plan)
          ? "nothing smaller fits" + stream.orElse(": choose larger boards")
          : "nothing smaller fits, on up to "
              + MOST_NODES
              + " nodes"
              + stream.orElse(": choose a larger --board");
    }
    String others =
        remedies.stream()
            .skip(1)
            .map(other -> ", so would " + other.options(plan))
            .collect(joining());
    String search = mixed(plan) ? "" : "; plan --nodes auto finds the best";
    return remedies.get(0).options(plan) + " would fit" + others + stream.orElse(search);
  }

  private String options(Plan plan) {
    return Stream.of(
            context == plan.context() ? "" : "--context " + context,
            chunk == plan.chunk() || chunk == context ? "" : "--chunk " + chunk,
            equal ? "--nodes " + nodes : "",
            stages == plan.stages() ? "" : "--stages " + stages,
            equal ? "in equal parts" : "")
        .filter(option -> !option.isEmpty())
        .collect(joining(" "));
  }
}
