package dunlin.host.model;

import java.util.List;
import java.util.Optional;

/**
 * An encoder in floats, as imported: the value between <em>checkpoint</em> and <em>quantised
 * model</em>. A linear layer is y = W·x + b with W of rows = outputs, columns = inputs; where a
 * checkpoint has no bias, b is zero.
 *
 * <p>A class token stands first: it is row 0 of {@code positions} and of every intermediate, and
 * the front end's token t is row t + 1. Where tokens are pooled by their mean, token t is row t.
 *
 * @param name for people
 * @param config the shape
 * @param frontEnd the convolutions; columns are kernel × input channels, a frame's channels side by
 *     side: what output t reads is one run of the row-major frames
 * @param words of text
 * @param positions S × E, added to the tokens, the class token's included
 * @param classToken 1 × E, where {@code config.pooling()} asks for it
 * @param layers L blocks
 * @param finalNorm of the residual stream behind the last block, where norms are placed before
 * @param pooler E × E, then tanh, between the first token and the head, of text
 * @param head labels × E
 */
public record EncoderModel(
    String name,
    EncoderConfig config,
    List<Linear> frontEnd,
    Optional<Words> words,
    Matrix positions,
    Optional<Matrix> classToken,
    List<Block> layers,
    Optional<Norm> finalNorm,
    Optional<Linear> pooler,
    Linear head) {

  public EncoderModel {
    frontEnd = List.copyOf(frontEnd);
    layers = List.copyOf(layers);
  }

  /** Numbers that it has learned, zero biases included. */
  public long parameters() {
    return config.parameters() + (pooler.isPresent() ? (config.dim() + 1L) * config.dim() : 0);
  }

  /**
   * A linear layer.
   *
   * @param weight outputs × inputs
   * @param bias 1 × outputs
   */
  public record Linear(Matrix weight, Matrix bias) {}

  /**
   * LayerNorm: (x − mean) / √(variance + ε) · gain + bias; where blocks have bottlenecks, NoNorm
   * throughout: x · gain + bias.
   *
   * @param gain 1 × E, or 1 × B within a bottleneck
   * @param bias as the gain
   */
  public record Norm(Matrix gain, Matrix bias) {}

  /**
   * Text to the stream: norm(projection(embedding rows) + position + type).
   *
   * @param embedding V × W
   * @param types types × E
   * @param projection E × W, or E × 3W of trigrams: the next token's row, the token's own, and that
   *     of the one before; where W is not E
   * @param norm of the sum
   */
  public record Words(Matrix embedding, Matrix types, Optional<Linear> projection, Norm norm) {}

  /**
   * What makes a block narrow, B channels of E: {@link EncoderConfig.Bottleneck}. With it, query
   * and key are (H·P) × B and read {@code shared}, value is (H·P) × E and reads the stream, output
   * is B × (H·P) and its sum is with {@code input}, up is F × B and down B × F.
   *
   * @param input B × E, then its norm: what attention is added to
   * @param shared B × E, then its norm: what queries and keys read
   * @param stack feed-forwards before the block's own
   * @param output E × B, added to the stream; then its norm
   */
  public record Bottleneck(
      Linear input,
      Norm inputNorm,
      Linear shared,
      Norm sharedNorm,
      List<FeedForward> stack,
      Linear output,
      Norm outputNorm) {
    public Bottleneck {
      stack = List.copyOf(stack);
    }
  }

  /**
   * A feed-forward: norm(x + down · activation(up · x)).
   *
   * @param up F × B
   * @param down B × F
   */
  public record FeedForward(Linear up, Linear down, Norm norm) {}

  /**
   * One block.
   *
   * @param attentionNorm before attention, or behind the sum with it
   * @param query (H·P) × E, not scaled by 1/√P
   * @param key (H·P) × E
   * @param value (H·P) × E
   * @param output E × (H·P)
   * @param feedForwardNorm before the feed-forward, or behind the sum with it
   * @param up F × E
   * @param down E × F
   * @param bottleneck where the block has one, which changes the shapes above
   */
  public record Block(
      Norm attentionNorm,
      Linear query,
      Linear key,
      Linear value,
      Linear output,
      Norm feedForwardNorm,
      Linear up,
      Linear down,
      Optional<Bottleneck> bottleneck) {}
}
