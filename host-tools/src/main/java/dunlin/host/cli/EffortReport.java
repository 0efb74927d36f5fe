package dunlin.host.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dunlin.host.flock.Effort;
import dunlin.host.flock.Story;

/**
 * What a report says of the work behind a text: nothing of this computer's speed.
 *
 * @param fedTokens tokens that were computed: those of the prompt, and of what was written
 * @param wireBytes of all
 * @param wireBytesPerToken of tokens that were written; null where there is but one
 * @param virtualNanoseconds null where time is not virtual
 */
record EffortReport(
    int fedTokens,
    long wireBytes,
    Double wireBytesPerToken,
    @JsonInclude(JsonInclude.Include.NON_NULL) Long virtualNanoseconds) {

  static EffortReport of(Story story, Venue rig) {
    Effort all = story.effort();
    Effort decoding = story.decoding();
    return new EffortReport(
        all.tokens(),
        all.wireBytes(),
        decoding.tokens() == 0 ? null : (double) decoding.wireBytes() / decoding.tokens(),
        rig.isVirtual() ? all.nanoseconds() : null);
  }
}
