package dunlin.host.quantise;

import dunlin.host.model.LlamaConfig;
import java.util.List;

/**
 * A Llama-architecture decoder in integers.
 *
 * @param name for people; not part of the hash
 * @param config the shape
 * @param residualFraction fraction bits of the residual stream
 * @param embedding V × E; the same instance as {@code head.matrix} where the two are tied
 * @param embeddingMultipliers one for each row of the embedding
 * @param embeddingRight shift of the embedding
 * @param blocks L blocks
 * @param finalNorm the norm before the head
 * @param head V × E to logits with {@link QuantisedModel#LOGIT_FRACTION} fraction bits
 * @param tables what the kernels look up
 */
public record QuantisedDecoder(
    String name,
    LlamaConfig config,
    int residualFraction,
    Matrix8 embedding,
    int[] embeddingMultipliers,
    int embeddingRight,
    List<Block> blocks,
    Norm finalNorm,
    Projection head,
    Tables tables)
    implements QuantisedModel {

  /**
   * {@link dunlin.kernels.RmsNorm}.
   *
   * @param gain int16 [E]
   * @param inverseWidth {@link dunlin.kernels.Scale}
   * @param epsilon {@link dunlin.kernels.Scale}
   * @param unit {@link dunlin.kernels.Scale}
   */
  public record Norm(short[] gain, int inverseWidth, int epsilon, int unit) {}

  /**
   * {@link dunlin.kernels.Attention}.
   *
   * @param contextBits significant bits of the context: 8, or up to 16
   * @param contextStep {@link dunlin.kernels.Scale}: what one step of the context is worth
   */
  public record Attention(int scoreUnit, int contextUnit, int contextBits, int contextStep) {}

  /**
   * {@link dunlin.kernels.GatedActivation}.
   *
   * @param hiddenBits significant bits of the hidden activations, at most 16
   * @param hiddenStep {@link dunlin.kernels.Scale}: what one step of them is worth
   */
  public record Gate(int left, int multiplier, int shift, int hiddenBits, int hiddenStep) {}

  /**
   * One block.
   *
   * @param queryKeyValue rows: H·P queries, KV·P keys, KV·P values
   * @param gateUp rows: F of the gate branch, F of the up branch
   */
  public record Block(
      Norm attentionNorm,
      Projection queryKeyValue,
      Attention attention,
      Sum output,
      Norm feedForwardNorm,
      Projection gateUp,
      Gate gate,
      Sum down) {}

  /** Whether embedding and head are one matrix: the same instance, not equal values. */
  @SuppressWarnings("ReferenceEquality")
  public boolean tied() {
    return embedding == head.matrix();
  }

  @Override
  public String unit() {
    return "token";
  }

  @Override
  public long weightBytes() {
    long bytes = head.matrix().values().length + (tied() ? 0L : embedding.values().length);
    for (Block block : blocks) {
      bytes += block.queryKeyValue().matrix().values().length;
      bytes += block.output().matrix().values().length;
      bytes += block.gateUp().matrix().values().length;
      bytes += block.down().matrix().values().length;
    }
    return bytes;
  }

  @Override
  public long hash() {
    return ModelHash.of(this);
  }
}
