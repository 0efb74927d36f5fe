package dunlin.host.cli;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dunlin.host.flock.Story;
import java.util.List;

/** What {@code chat --json} writes. */
record ChatReport(
    @JsonUnwrapped BuildReport build,
    Venue rig,
    @JsonUnwrapped SamplingReport sampling,
    List<Turn> turns) {

  /**
   * A line, and what became of it.
   *
   * @param text the line included
   * @param tokens of the answer
   */
  record Turn(
      @JsonIgnore Story story,
      String prompt,
      String text,
      List<Integer> tokens,
      Story.End end,
      @JsonUnwrapped EffortReport effort) {
    static Turn of(String prompt, Story story, Venue rig) {
      return new Turn(
          story, prompt, story.text(), story.tokens(), story.end(), EffortReport.of(story, rig));
    }
  }

  static ChatReport of(Setting setting, List<Turn> turns) {
    return new ChatReport(
        BuildReport.of(setting.built()),
        setting.rig(),
        SamplingReport.of(setting.sampling()),
        List.copyOf(turns));
  }
}
