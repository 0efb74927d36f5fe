package dunlin.host.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * What a kernel's call took on an emulated core.
 *
 * @param kernel its name
 * @param rows rows
 * @param inputs elements of an input row
 * @param outputs elements of an output row
 * @param macs multiplications with an addition; 0 where that is not what the kernel does
 * @param instructions exact
 * @param wordsLoaded by these instructions; a load of less than a word is one
 */
@JsonPropertyOrder({
  "kernel",
  "rows",
  "inputs",
  "outputs",
  "macs",
  "instructions",
  "instructionsPerMac",
  "wordsLoaded"
})
public record KernelMeasurement(
    String kernel,
    int rows,
    int inputs,
    int outputs,
    long macs,
    long instructions,
    long wordsLoaded) {

  /** Null without multiplications. */
  @JsonProperty
  public Double instructionsPerMac() {
    return macs == 0 ? null : (double) instructions / macs;
  }
}
