package dunlin.host.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dunlin.host.flock.Story;
import java.util.Arrays;
import java.util.List;

/**
 * What {@code run --json} writes: the same bytes each time, so nothing of this computer's speed.
 */
record RunReport(
    @JsonUnwrapped BuildReport build,
    Venue rig,
    String prompt,
    List<Integer> promptTokens,
    @JsonUnwrapped SamplingReport sampling,
    String text,
    List<Integer> tokens,
    Story.End end,
    @JsonUnwrapped EffortReport effort,
    @JsonUnwrapped LinksReport links) {

  static RunReport of(
      Setting setting, String prompt, int[] tokens, Story story, LinksReport links) {
    return new RunReport(
        BuildReport.of(setting.built()),
        setting.rig(),
        prompt,
        Arrays.stream(tokens).boxed().toList(),
        SamplingReport.of(setting.sampling()),
        story.text(),
        story.tokens(),
        story.end(),
        EffortReport.of(story, setting.rig()),
        links);
  }
}
