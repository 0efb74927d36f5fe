package dunlin.host.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * What a layer's attention took on an emulated core: projections, scores, softmax, context and
 * output projection into int32 sums, in one op.
 *
 * @param shape the layer
 * @param fused whether one matrix of E × E takes the place of a head's query and key weights
 * @param headsAtOnce whose keys and values lie in memory together
 * @param rowsAtOnce query rows from scores to context
 * @param scratchBytes of the op
 * @param instructions exact
 * @param wordsLoaded by these instructions; a load of less than a word is one; null where they are
 *     left out
 */
@JsonPropertyOrder({
  "positions",
  "width",
  "heads",
  "headSize",
  "cmsisNn",
  "fused",
  "headsAtOnce",
  "rowsAtOnce",
  "scratchBytes",
  "macs",
  "instructions",
  "instructionsPerMac",
  "gain",
  "wordsLoaded"
})
public record AttentionMeasurement(
    @JsonUnwrapped AttentionShape shape,
    boolean fused,
    int headsAtOnce,
    int rowsAtOnce,
    int scratchBytes,
    long instructions,
    Long wordsLoaded) {

  /** Multiplications with an addition. */
  @JsonProperty
  public long macs() {
    return shape.macs(fused);
  }

  /** Instructions for each of them. */
  @JsonProperty
  public double instructionsPerMac() {
    return (double) instructions / macs();
  }

  /** Over CMSIS-NN. */
  @JsonProperty
  public double gain() {
    return (double) shape.cmsisNn() / instructions;
  }
}
