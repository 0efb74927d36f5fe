package dunlin.host.model;

/**
 * The intermediate results of a forward pass that an oracle shows, calibration measures and TAP
 * copies out of a node, in the order in which they arise in a decoder. All are one row for a
 * position. An encoder has no gate; where it normalises behind the sums, its norms arise after the
 * residual streams of the same name. A block with a bottleneck shows {@link #NARROW} and {@link
 * #NARROW_HIDDEN} in the place of the streams within it; {@link #FEED_FORWARD_NORM} is the stream
 * behind it.
 */
public enum Activation {
  /** A convolution's channels: what the front end makes of frames, of encoders only. */
  FRONT_END,
  /** W: a token's row of the embedding, of text encoders only. */
  WORD,
  /** E: word, position and type together, before their norm, of text encoders only. */
  EMBEDDING_SUM,
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
  /**
   * B: what feed-forward i of a block with a bottleneck reads, and behind its last one what is
   * widened. With n of them in a block, the layer shown is layer · (n + 1) + i.
   */
  NARROW,
  /** F: the nonlinearity of up of feed-forward i of n; the layer shown is layer · n + i. */
  NARROW_HIDDEN,
  /** E: the residual stream after the feed-forward was added. */
  FEED_FORWARD_RESIDUAL,
  /** E: final norm, gain and bias included. */
  FINAL_NORM,
  /** E: tanh of the pooler, of text encoders only. */
  POOLER,
  /** E: what the head, or the pooler before it, reads, of encoders only. */
  POOLED,
  /** V: natural-log units. */
  LOGITS
}
