package dunlin.host.compile;

import dunlin.firmware.Frame;
import dunlin.host.plan.Plan;
import dunlin.host.plan.Schedule;
import dunlin.host.plan.Slice;
import java.util.List;
import java.util.stream.IntStream;

/** The parts in which partial sums travel, as the plan's schedule has it. */
final class SumParts {
  /**
   * Channels of a part: a row of it is a frame whatever its sums' width, so that a node which
   * computes can let go of as many parts as its neighbour has room for frames.
   */
  private static final int CHANNELS = Frame.MAX_PAYLOAD / Integer.BYTES;

  private SumParts() {}

  /** Runs of channels of the residual stream. */
  static List<Slice> of(Plan plan) {
    int width = plan.model().config().dim();
    int channels = plan.schedule() == Schedule.OVERLAPPED ? CHANNELS : width;
    return IntStream.range(0, (width + channels - 1) / channels)
        .mapToObj(part -> part * channels)
        .map(first -> new Slice(first, Math.min(channels, width - first)))
        .toList();
  }
}
