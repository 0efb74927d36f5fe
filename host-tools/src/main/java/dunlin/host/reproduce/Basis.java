package dunlin.host.reproduce;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a figure stands on. */
public enum Basis {
  /** Dunlin's is counted, to the byte or the instruction. */
  COUNTED,
  /**
   * The paper publishes it; where Dunlin has one too, constants of the chip's data were derived
   * from it.
   */
  PUBLISHED,
  /** The paper's figure follows from those it publishes. */
  DERIVED,
  /** A constant was fitted on it. */
  FITTED,
  /** Nothing in the chip's data depends on it, whether or not the paper has it. */
  PREDICTED;

  /** As reports have it. */
  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
