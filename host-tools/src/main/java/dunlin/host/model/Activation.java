package dunlin.host.model;

/**
 * The intermediate results of a forward pass that an oracle shows, calibration measures and TAP
 * copies out of a node, in the order in which they arise in a decoder. All are one row for a
 * position. An encoder has no gate; where it normalises behind the sums, its norms arise after the
 * residual streams of the same name.
 */
public enum Activation {
  /** A convolution's channels: what the front end makes of frames, of encoders only. */
  FRONT_END,
  /** E: the residual stream after the embedding. */
  EMBEDDING,
  /** E: norm of the residual stream, gain and bias included. */
  ATTENTION_NORM,
  /** H·P: queries, turned in a decoder. */
  QUERY,
  /** KV·P: keys, turned in a decoder. */
  KEY,
  /** KV·P: values. */
  VALUE,
  /** H·S: queries · keys / √P before the softmax, a head's side by side, of encoders only. */
  SCORES,
  /** H·P: the heads' weighted values, input of the output projection. */
  CONTEXT,
  /** E: the residual stream after attention was added. */
  ATTENTION_RESIDUAL,
  /** E: norm of the feed-forward, gain and bias included. */
  FEED_FORWARD_NORM,
  /** F: the gate branch before SiLU. */
  GATE,
  /** F: the up branch; an encoder's before its nonlinearity. */
  UP,
  /** F: silu(gate) · up, or an encoder's nonlinearity of up: input of the down projection. */
  HIDDEN,
  /** E: the residual stream after the feed-forward was added. */
  FEED_FORWARD_RESIDUAL,
  /** E: final norm, gain and bias included. */
  FINAL_NORM,
  /** E: what the head reads, of encoders only. */
  POOLED,
  /** V: natural-log units. */
  LOGITS
}
