package dunlin.host.forecast;

import dunlin.boards.BoardType;
import dunlin.boards.Refusal;
import dunlin.host.compile.Layout;
import dunlin.host.plan.Member;
import dunlin.host.plan.Plan;
import dunlin.host.plan.Planner;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a plan's token takes on one of its boards alone: what a flock must be faster than.
 *
 * @param board its type
 * @param pass half way through the context
 */
public record Alone(BoardType board, PassForecast pass) {
  /**
   * On the fastest board of a plan.
   *
   * @return nothing for a plan of one board, and where no board holds the model or has a pace
   */
  public static Optional<Alone> of(Plan plan) {
    return plan.members().size() == 1
        ? Optional.empty()
        : plan.members().stream()
            .map(Member::board)
            .distinct()
            .flatMap(board -> of(plan, board))
            .min(Comparator.comparingLong(alone -> alone.pass().nanos()));
  }

  private static Stream<Alone> of(Plan plan, BoardType board) {
    try {
      Plan one = Planner.onOne(plan, board);
      Layout layout = Layout.withoutRemedies(one);
      return Rehearsal.typical(one, layout).map(pass -> new Alone(board, pass)).stream();
    } catch (Refusal cannotBePlanned) {
      return Stream.empty();
    }
  }
}
