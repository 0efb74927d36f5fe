package dunlin.host.bench;

import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import dunlin.firmware.Request;
import dunlin.host.bench.Replays.Replay;
import dunlin.host.plan.Plan;
import dunlin.host.run.Generator;
import dunlin.host.run.Sampling;
import java.util.List;
import java.util.stream.IntStream;

/** Counts the instructions that a token takes on each node of a flock. */
public final class TokenBench {
  private final int position;

  /** The token that is fed next. */
  private int token;

  private TokenBench(int first, int position) {
    this.position = position;
    token = first;
  }

  /**
   * Measures a token, picked greedily, on every node.
   *
   * @param plan of boards that are {@link BoardTypes#measurable}, linked by UARTs, and with a
   *     context beyond {@code position}
   * @param first the first token of the text
   * @param position of the token that is measured
   */
  public static List<NodeMeasurement> measure(Plan plan, int first, int position) {
    if (position >= plan.context()) {
      throw new Refusal(
          "position " + position + " is beyond a context of " + plan.context(),
          "choose a smaller --position, or a larger --context");
    }
    TokenBench bench = new TokenBench(first, position);
    List<Replay> replays = bench.replays(plan);
    return IntStream.range(0, replays.size())
        .mapToObj(
            rank -> NodeMeasurement.of(rank, plan.members().get(rank), position, replays.get(rank)))
        .toList();
  }

  private List<Replay> replays(Plan plan) {
    return Replays.of(plan, Replays.Exercise.text(this::before, this::pass));
  }

  private void before(Generator generator) {
    while (generator.position() < position) {
      pass(generator);
    }
  }

  private void pass(Generator generator) {
    token = generator.feed(new int[] {token}, Request.SAMPLE, Sampling.GREEDY).token();
  }
}
