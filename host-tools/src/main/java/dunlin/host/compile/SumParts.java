package dunlin.host.compile;

import dunlin.host.plan.Plan;
import dunlin.host.plan.Schedule;
import dunlin.host.plan.Slice;
import java.util.List;
import java.util.stream.IntStream;

/** The parts in which partial sums travel, as the plan's schedule has it. */
final class SumParts {
  /** More would cost more, in calls and in frames that are not full, than they hide. */
  private static final int MOST = 4;

  /** Channels of a part are a multiple of these, which all layouts of weights take whole. */
  private static final int UNIT = 16;

  private SumParts() {}

  /** Runs of channels of the residual stream, as equal as whole units allow. */
  static List<Slice> of(Plan plan) {
    int width = plan.model().config().dim();
    int units = (width + UNIT - 1) / UNIT;
    int parts = plan.schedule() == Schedule.OVERLAPPED ? Math.min(MOST, units) : 1;
    return IntStream.range(0, parts)
        .mapToObj(
            part -> {
              int first = UNIT * (units * part / parts);
              int end = Math.min(width, UNIT * (units * (part + 1) / parts));
              return new Slice(first, end - first);
            })
        .toList();
  }
}
