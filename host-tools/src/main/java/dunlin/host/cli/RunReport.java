package dunlin.host.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dunlin.host.flock.Story;
import dunlin.host.run.Sampling;
import java.util.Arrays;
import java.util.List;

/**
 * What {@code run --json} writes: the same bytes each time, so nothing of this computer's speed.
 */
record RunReport(
    @JsonUnwrapped BuildReport build,
    Rig rig,
    String prompt,
    List<Integer> promptTokens,
    double temperature,
    int topK,
    long seed,
    String text,
    List<Integer> tokens,
    Story.End end,
    long wireBytes,
    @JsonInclude(JsonInclude.Include.NON_NULL) Long virtualNanoseconds) {

  static RunReport of(
      Rig rig, Built built, String prompt, int[] tokens, Sampling sampling, Story story) {
    return new RunReport(
        BuildReport.of(built),
        rig,
        prompt,
        Arrays.stream(tokens).boxed().toList(),
        Math.scalb((double) sampling.temperature(), -16),
        sampling.topK(),
        sampling.seed(),
        story.text(),
        story.tokens(),
        story.end(),
        story.wireBytes(),
        rig == Rig.EMULATED ? story.nanoseconds() : null);
  }
}
