package dunlin.host.doctor;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One thing that was looked at.
 *
 * @param subject what it is
 * @param state how it is
 * @param what was found
 * @param remedy what to do; null where nothing is to be done
 */
public record Finding(
    String subject,
    State state,
    String what,
    @JsonInclude(JsonInclude.Include.NON_NULL) String remedy) {

  /** How something is. */
  public enum State {
    /** As it should be. */
    @JsonProperty("good")
    GOOD,
    /** Not there, but only some commands need it. */
    @JsonProperty("optional")
    OPTIONAL,
    /** Needed, and not there or wrong. */
    @JsonProperty("wrong")
    WRONG
  }

  static Finding good(String subject, String what) {
    return new Finding(subject, State.GOOD, what, null);
  }

  static Finding optional(String subject, String what, String remedy) {
    return new Finding(subject, State.OPTIONAL, what, remedy);
  }

  static Finding wrong(String subject, String what, String remedy) {
    return new Finding(subject, State.WRONG, what, remedy);
  }
}
