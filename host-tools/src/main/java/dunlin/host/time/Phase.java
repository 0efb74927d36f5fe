package dunlin.host.time;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a node's time goes into; what is left is waiting. */
public enum Phase {
  /** An op computes. */
  COMPUTE,
  /** An op waits for its weights from off the chip. */
  OFF_CHIP,
  /** The node is busy with bytes of links. */
  LINK;

  /** As reports have it. */
  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
