package dunlin.host.plan;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How much is fetched ahead from memory off the chip; no bit and no image depends on it. */
public enum Fetch {
  /**
   * A block while another is computed with: how "Distributed Inference with Minimal Off-Chip
   * Traffic" does it. What waits for links finds most weights there.
   */
  BLOCKS,
  /** A part of a block, so that there is room for more weights to stay on the chip. */
  PARTS;

  /** As people write it. */
  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
