package dunlin.host.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dunlin.boards.bench.Laps;
import dunlin.host.bench.Replays.Replay;
import dunlin.host.plan.Member;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one token, or an input, took on one node.
 *
 * @param node its rank
 * @param board its type
 * @param position of the token, 0 of an input: so many lie in the caches before it
 * @param ops by kind, in the order in which the program has them first; collectives with what they
 *     send
 * @param interruptInstructions of the bytes received
 * @param linkInstructions from bytes received to frames that have been checked
 * @param loopInstructions from one step to the next and from sleep to sleep, and of steps that find
 *     nothing to go on with
 * @param receivedBytes at all ports
 */
@JsonPropertyOrder({
  "node",
  "board",
  "position",
  "ops",
  "opInstructions",
  "interruptInstructions",
  "linkInstructions",
  "loopInstructions",
  "receivedBytes",
  "instructionsPerReceivedByte"
})
public record NodeMeasurement(
    int node,
    String board,
    int position,
    List<OpMeasurement> ops,
    long interruptInstructions,
    long linkInstructions,
    long loopInstructions,
    int receivedBytes) {

  /**
   * What the ops of a kind took.
   *
   * @param op its name
   * @param executed how many there were
   * @param instructions exact
   */
  public record OpMeasurement(String op, int executed, long instructions) {
    OpMeasurement plus(OpMeasurement more) {
      return new OpMeasurement(op, executed + more.executed, instructions + more.instructions);
    }
  }

  /** What a node's replay took. */
  static NodeMeasurement of(int rank, Member member, int position, Replay replay) {
    Map<String, OpMeasurement> ops = new LinkedHashMap<>();
    int last = -1;
    for (Lap lap : replay.laps()) {
      if (lap.purpose() >= 0) {
        String op = replay.image().work().name(lap.purpose());
        int executed = lap.purpose() == last ? 0 : 1;
        ops.merge(op, new OpMeasurement(op, executed, lap.instructions()), OpMeasurement::plus);
        last = lap.purpose();
      }
    }
    return new NodeMeasurement(
        rank,
        member.board().name(),
        position,
        List.copyOf(ops.values()),
        Lap.sum(replay.laps(), Laps.INTERRUPT),
        Lap.sum(replay.laps(), Laps.LINK),
        Lap.sum(replay.laps(), Laps.LOOP),
        replay.recorder().measuredBytes());
  }

  /** Of all ops. */
  @JsonProperty
  public long opInstructions() {
    return ops.stream().mapToLong(OpMeasurement::instructions).sum();
  }

  /** What a received byte costs before an op sees it. */
  @JsonProperty
  public double instructionsPerReceivedByte() {
    return (double) (interruptInstructions + linkInstructions) / receivedBytes;
  }
}
