package dunlin.host.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * What one token took on one node.
 *
 * @param node its rank
 * @param board its type
 * @param position of the token: so many lie in the caches before it
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
