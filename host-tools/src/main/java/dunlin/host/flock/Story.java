package dunlin.host.flock;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A text that was written, or a turn of one.
 *
 * @param text prompt included
 * @param tokens written, without the prompt and the token that ended the story
 * @param end why it ended
 * @param prompt what it took to feed the prompt, which gives the first token
 * @param decoding what it took to feed written tokens, each of which gives the next
 */
public record Story(String text, List<Integer> tokens, End end, Effort prompt, Effort decoding) {

  /** Why a text ended. */
  public enum End {
    /** The model ended it. */
    @JsonProperty("story")
    STORY,
    /** As much was written as was asked for. */
    @JsonProperty("steps")
    STEPS,
    /** The caches are full. */
    @JsonProperty("context")
    CONTEXT
  }

  /** What all of it took. */
  public Effort effort() {
    return prompt.plus(decoding);
  }
}
