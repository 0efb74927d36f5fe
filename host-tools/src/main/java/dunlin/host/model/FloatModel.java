package dunlin.host.model;

import java.util.List;

/**
 * A Llama-architecture decoder in floats, as imported: the value between <em>checkpoint</em> and
 * <em>quantised model</em>. A linear layer is y = W·x with W of rows = outputs, columns = inputs.
 * Rotary embedding turns neighbouring pairs (2i, 2i+1) within a head; importers of checkpoints that
 * turn (i, i + P/2) permute the rows of query and key.
 *
 * @param name for people
 * @param config the shape
 * @param embedding V × E
 * @param layers L blocks
 * @param finalNorm 1 × E
 * @param head V × E; the same instance as {@code embedding} where the two are tied
 */
public record FloatModel(
    String name,
    LlamaConfig config,
    Matrix embedding,
    List<Block> layers,
    Matrix finalNorm,
    Matrix head) {

  /**
   * One block.
   *
   * @param attentionNorm 1 × E, RMSNorm gain
   * @param query (H·P) × E
   * @param key (KV·P) × E
   * @param value (KV·P) × E
   * @param output E × (H·P)
   * @param feedForwardNorm 1 × E, RMSNorm gain
   * @param gate F × E, the branch that goes through SiLU (w1)
   * @param up F × E, the branch that is multiplied (w3)
   * @param down E × F (w2)
   */
  public record Block(
      Matrix attentionNorm,
      Matrix query,
      Matrix key,
      Matrix value,
      Matrix output,
      Matrix feedForwardNorm,
      Matrix gate,
      Matrix up,
      Matrix down) {}

  /** Whether embedding and head are one matrix: the same instance, not equal values. */
  @SuppressWarnings("ReferenceEquality")
  public boolean tied() {
    return embedding == head;
  }
}
