package dunlin.boards;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a board takes for its work, in time and energy. The board's file says of each number where
 * it comes from.
 *
 * @param core whose instructions are counted: the name of a table that comes with Dunlin, by the
 *     board on which it was measured, or the path of one ({@code .toml})
 * @param hertz of the core
 * @param cyclesPerInstruction on average, waits for memory included
 * @param activeMilliwatts while it computes
 * @param idleMilliwatts while it waits
 * @param bitPicojoules to send a bit over a wire, a mean over zeros and ones
 */
public record Performance(
    @JsonProperty(required = true) String core,
    @JsonProperty(required = true) double hertz,
    @JsonProperty(value = "cycles-per-instruction", required = true) double cyclesPerInstruction,
    @JsonProperty(value = "active-milliwatts", required = true) double activeMilliwatts,
    @JsonProperty(value = "idle-milliwatts", required = true) double idleMilliwatts,
    @JsonProperty(value = "bit-picojoules", required = true) double bitPicojoules) {

  /** The same with another table of counts. */
  public Performance withCore(String other) {
    return new Performance(
        other, hertz, cyclesPerInstruction, activeMilliwatts, idleMilliwatts, bitPicojoules);
  }
}
