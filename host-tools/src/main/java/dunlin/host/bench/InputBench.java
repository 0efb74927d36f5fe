package dunlin.host.bench;

import dunlin.boards.BoardTypes;
import dunlin.host.bench.Replays.Replay;
import dunlin.host.plan.Plan;
import java.util.List;
import java.util.stream.IntStream;

/** Counts the instructions that an input takes on each node of a flock. */
public final class InputBench {
  private InputBench() {}

  /**
   * Measures an input on every node, after another time of the same.
   *
   * @param plan an encoder's, of boards that are {@link BoardTypes#measurable}, linked by UARTs
   * @param input as the model takes it
   */
  public static List<NodeMeasurement> measure(Plan plan, byte[] input) {
    List<byte[]> once = List.of(input);
    List<Replay> replays = Replays.of(plan, Replays.Exercise.inputs(once, once));
    return IntStream.range(0, replays.size())
        .mapToObj(rank -> NodeMeasurement.of(rank, plan.members().get(rank), 0, replays.get(rank)))
        .toList();
  }
}
