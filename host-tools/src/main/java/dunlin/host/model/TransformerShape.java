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

  /** Weights of a KV group in a block: its query heads, key, value, inputs of the output. */
  default double groupWeights() {
    double share = (double) heads() / kvHeads();
    return (2 * share + 2) * headSize() * dim();
  }

  /** Weights of a feed-forward column in a block, and of what goes with it. */
  default double columnWeights() {
    return 3.0 * dim();
  }

  /** Weights of a row of the vocabulary. */
  default double rowWeights() {
    return dim();
  }
}
