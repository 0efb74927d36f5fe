package dunlin.host.model;

/**
 * What the partition of any Transformer, its places and its wires depend on. Letters are those of
 * the shapes in all comments.
 */
public interface TransformerShape {
  /** E, width of the residual stream. */
  int dim();

  /** F, columns of the feed-forward. */
  int hidden();

  /** L, blocks. */
  int layers();

  /** H, query heads. */
  int heads();

  /** KV groups; divides {@link #heads}. */
  int kvHeads();

  /** P, elements of a head. */
  int headSize();

  /**
   * V, rows of the vocabulary that nodes divide: tokens, or an encoder's labels where it has none.
   */
  int vocabulary();

  /** S, positions that the model was trained for. */
  int context();
}
