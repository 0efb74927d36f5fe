package dunlin.host.wiring;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A wire.
 *
 * @param above its end towards the host
 * @param below its end away from it
 * @param flow which way signals go
 */
public record Wire(Pin above, Pin below, Flow flow) {
  /** Which way signals go along a wire. */
  public enum Flow {
    /** Away from the host. */
    @JsonProperty("down")
    DOWN("→"),
    /** Towards it. */
    @JsonProperty("up")
    UP("←"),
    /** Nowhere: a ground. */
    @JsonProperty("none")
    NONE("–");

    private final String arrow;

    Flow(String arrow) {
      this.arrow = arrow;
    }

    /** For people. */
    public String arrow() {
      return arrow;
    }
  }
}
