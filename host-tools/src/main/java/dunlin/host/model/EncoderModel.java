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
 * @param positions S × E, added to the tokens, the class token's included
 * @param classToken 1 × E, where {@code config.pooling()} asks for it
 * @param layers L blocks
 * @param finalNorm of the residual stream behind the last block, where norms are placed before
 * @param head labels × E
 */
public record EncoderModel(
    String name,
    EncoderConfig config,
    List<Linear> frontEnd,
    Matrix positions,
    Optional<Matrix> classToken,
    List<Block> layers,
    Optional<Norm> finalNorm,
    Linear head) {

  public EncoderModel {
    frontEnd = List.copyOf(frontEnd);
    layers = List.copyOf(layers);
  }

  /**
   * A linear layer.
   *
   * @param weight outputs × inputs
   * @param bias 1 × outputs
   */
  public record Linear(Matrix weight, Matrix bias) {}

  /**
   * LayerNorm: (x − mean) / √(variance + ε) · gain + bias.
   *
   * @param gain 1 × E
   * @param bias 1 × E
   */
  public record Norm(Matrix gain, Matrix bias) {}

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
   */
  public record Block(
      Norm attentionNorm,
      Linear query,
      Linear key,
      Linear value,
      Linear output,
      Norm feedForwardNorm,
      Linear up,
      Linear down) {}
}
