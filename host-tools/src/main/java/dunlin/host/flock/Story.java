package dunlin.host.flock;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A text that was written.
 *
 * @param text prompt included
 * @param tokens written, without the prompt and the token that ended the story
 * @param end why it ended
 * @param wireBytes what went over all links, the console's included, both ways
 * @param nanoseconds it took by the flock's clock: virtual time, where that is emulated
 * @param seconds it took by this computer's clock
 */
public record Story(
    String text, List<Integer> tokens, End end, long wireBytes, long nanoseconds, double seconds) {

  /** Why a text ended. */
  public enum End {
    /** The model ended it. */
    @JsonProperty("story")
    STORY,
    /** As many tokens were written as were asked for. */
    @JsonProperty("steps")
    STEPS,
    /** The caches are full. */
    @JsonProperty("context")
    CONTEXT
  }
}
