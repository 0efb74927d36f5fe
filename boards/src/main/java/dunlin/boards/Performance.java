package dunlin.boards;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a board takes for its work, in time and energy. The board's file says of each number where
 * it comes from.
 *
 * @param core whose instructions are counted: the name of a table of counts
 * @param hertz of the core
 * @param cyclesPerInstruction on average, waits for memory included
 * @param activeMilliwatts while it computes
 * @param idleMilliwatts while it waits
 * @param linkPicojoules to send or receive a byte over a link
 */
public record Performance(
    @JsonProperty(required = true) String core,
    @JsonProperty(required = true) double hertz,
    @JsonProperty(value = "cycles-per-instruction", required = true) double cyclesPerInstruction,
    @JsonProperty(value = "active-milliwatts", required = true) double activeMilliwatts,
    @JsonProperty(value = "idle-milliwatts", required = true) double idleMilliwatts,
    @JsonProperty(value = "link-picojoules", required = true) double linkPicojoules) {}
