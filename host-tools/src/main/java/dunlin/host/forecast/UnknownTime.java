package dunlin.host.forecast;

import dunlin.boards.BoardType;
import dunlin.boards.BoardType.Weights;
import dunlin.boards.Refusal;
import dunlin.host.compile.Layout;
import dunlin.host.plan.Member;
import dunlin.host.plan.Plan;
import dunlin.host.quantise.QuantisedEncoder;
import dunlin.host.time.Pace;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Why it is not known what a pass takes: nothing is said of time then, rather than too little. */
public final class UnknownTime {
  private UnknownTime() {}

  /**
   * Of any plan on a board: a table of costs is for one layout of weights.
   *
   * @return nothing where that stands in nobody's way
   */
  public static Optional<Refusal> of(BoardType board, Weights weights) {
    if (board.performance() == null) {
      return Optional.of(
          new Refusal(
              "of " + board.name() + " it is not known how fast it is",
              "choose a board with a [performance] section"));
    }
    return weights == board.weights()
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                "of %s weights on %s it is not known how fast they are"
                    .formatted(weights.name().toLowerCase(Locale.ROOT), board.name()),
                "leave --weights out"));
  }

  /**
   * Of {@link Rehearsal#typical} of a plan.
   *
   * @return nothing where it can be rehearsed
   */
  public static Optional<Refusal> of(Plan plan, Layout layout) {
    return Stream.of(
            layout.refusal(),
            plan.members().stream().flatMap(UnknownTime::of).findFirst(),
            unpriced(plan, layout),
            tooShort(plan))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Stream<Refusal> of(Member member) {
    return of(member.board(), member.weights()).stream();
  }

  private static Optional<Refusal> unpriced(Plan plan, Layout layout) {
    List<Member> members = plan.members();
    return IntStream.range(0, members.size())
        .boxed()
        .flatMap(
            rank ->
                Pace.of(members.get(rank).board()).refusal(layout.workloads().get(rank)).stream())
        .findFirst();
  }

  private static Optional<Refusal> tooShort(Plan plan) {
    return plan.model() instanceof QuantisedEncoder || plan.context() >= 2
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                "a context of " + plan.context() + " has no token half way",
                "choose a larger --context"));
  }
}
