package dunlin.host.plan;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** When what nodes exchange goes over the links; no bit of a result depends on it. */
public enum Schedule {
  /** Frames flow through nodes, over all links at once; sums in the fewest bytes. */
  FLOWING,
  /**
   * As above, and the sums of a layer leave in parts: links carry one while cores compute the next.
   */
  OVERLAPPED,
  /**
   * A whole message from one neighbour after the other, and only then on; sums of 32 bits: how
   * "Distributed Inference with Minimal Off-Chip Traffic" reduces and broadcasts.
   */
  MESSAGES;

  /** As people write it. */
  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
