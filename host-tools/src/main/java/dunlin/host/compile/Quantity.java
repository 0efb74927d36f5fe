package dunlin.host.compile;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What an op's time grows with. What kernels compute for padding counts too. */
public enum Quantity {
  /** Each time that it is executed; of a link, each frame that no op takes, such as a request. */
  CALL,
  /** Ports that are wired, each time that the node looks at them: with a call, or a frame. */
  PORT,
  /** Rows of a pass. */
  ROW,
  /** Pairs of rows that share the weights that are loaded, each time that they meet a matrix. */
  PAIR,
  /** Tiles of rows, for each head. */
  TILE,
  /** Values that it reads, of a linear layer or a pool. */
  INPUT,
  /** Values that it writes, of a linear layer, for a row that goes alone. */
  OUTPUT,
  /** Values that it writes, of a linear layer, for rows that share the weights that are loaded. */
  SHARED_OUTPUT,
  /** Channels of all rows; of a linear layer that takes all rows for some outputs, its outputs. */
  CHANNEL,
  /** Heads of all rows. */
  HEAD,
  /** Multiply-accumulates of a row, or a head, that goes alone. */
  MAC,
  /** Multiply-accumulates of two that share what is loaded. */
  SHARED_MAC,
  /** Multiply-accumulates of outputs that are left over from blocks of four. */
  LONE_MAC,
  /** Positions that a query head attends to, for all heads that go alone, and all rows. */
  SCORE,
  /** The same for heads that go two at a time. */
  SHARED_SCORE,
  /** Sums that are added to others. */
  SUM,
  /**
   * Bytes of weights, multipliers and gains, each time that it is executed: for however many rows.
   */
  WEIGHT,
  /** Bytes of frames that come in. */
  RECEIVED,
  /** Frames that come in. */
  RECEIVED_FRAME,
  /** Bytes of frames that go out. */
  SENT,
  /** Frames that go out. */
  SENT_FRAME;

  /** As files have it. */
  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
