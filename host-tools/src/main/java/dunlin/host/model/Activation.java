package dunlin.host.model;

/**
 * The intermediate results of a forward pass that the oracle shows, calibration measures and TAP
 * copies out of a node, in the order in which they arise. All are one row for a position.
 */
public enum Activation {
  /** E: the residual stream after the embedding. */
  EMBEDDING,
  /** E: RMSNorm of the residual stream, gain included. */
  ATTENTION_NORM,
  /** H·P: queries, turned. */
  QUERY,
  /** KV·P: keys, turned. */
  KEY,
  /** KV·P: values. */
  VALUE,
  /** H·P: the heads' weighted values, input of the output projection. */
  CONTEXT,
  /** E: the residual stream after attention was added. */
  ATTENTION_RESIDUAL,
  /** E: RMSNorm before the feed-forward, gain included. */
  FEED_FORWARD_NORM,
  /** F: the gate branch before SiLU. */
  GATE,
  /** F: the up branch. */
  UP,
  /** F: silu(gate) · up, input of the down projection. */
  HIDDEN,
  /** E: the residual stream after the feed-forward was added. */
  FEED_FORWARD_RESIDUAL,
  /** E: final RMSNorm, gain included. */
  FINAL_NORM,
  /** V: natural-log units. */
  LOGITS
}
