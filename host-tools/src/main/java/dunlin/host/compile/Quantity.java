package dunlin.host.compile;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What an op's time grows with. */
public enum Quantity {
  /** Each time that it is executed. */
  CALL,
  /** Rows of a pass. */
  ROW,
  /** Values that it reads, of a linear layer. */
  INPUT,
  /** Values that it writes, of a linear layer. */
  OUTPUT,
  /** Channels of all rows. */
  CHANNEL,
  /** Heads of all rows. */
  HEAD,
  /** Multiply-accumulates of a row that goes alone. */
  MAC,
  /** Multiply-accumulates of rows that share the weights which are loaded. */
  SHARED_MAC,
  /** Positions that a query head attends to, for all heads and rows. */
  SCORE,
  /** Bytes that come in over a link while the op waits for them. */
  RECEIVED,
  /** Bytes that go out over a link. */
  SENT;

  /** As files have it. */
  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
