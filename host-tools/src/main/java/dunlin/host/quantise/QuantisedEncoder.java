package dunlin.host.quantise;

import dunlin.host.model.EncoderConfig;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * An encoder in integers. Rows of a pass are the tokens of a sequence in order, but for the class
 * token, which comes last: so the head reads the last row, as a decoder's does.
 *
 * @param name for people; not part of the hash
 * @param config the shape
 * @param residualFraction fraction bits of the residual stream
 * @param inputSteps [C]: what a step of an input's channel is worth; inputs are int16
 * @param frontEnd convolutions but for the last
 * @param tokens the last convolution: its sums start the residual stream, with the positions
 * @param positions S × E, the class token's among them
 * @param positionMultipliers one for each row of the positions
 * @param positionRight shift of the positions
 * @param blocks L blocks
 * @param headEntry what the head reads
 * @param head labels × E to logits with {@link QuantisedModel#LOGIT_FRACTION} fraction bits
 * @param headBias [labels], in units of a logit
 * @param tables what the kernels look up
 */
public record QuantisedEncoder(
    String name,
    EncoderConfig config,
    int residualFraction,
    double[] inputSteps,
    List<Activated> frontEnd,
    BiasedSum tokens,
    Matrix8 positions,
    int[] positionMultipliers,
    int positionRight,
    List<Block> blocks,
    Entry headEntry,
    Projection head,
    int[] headBias,
    EncoderTables tables)
    implements QuantisedModel {

  /** Significant bits of an input and of what an activation gives: int16. */
  public static final int HIDDEN_BITS = 14;

  /**
   * {@link dunlin.kernels.Affine}.
   *
   * @param multipliers [channels]
   * @param addends [channels]
   */
  public record Affine(int[] multipliers, int[] addends, int right) {}

  /**
   * From the residual stream to int8.
   *
   * @param norm where the stream is normalised
   * @param output to int8: of the normalised values, or of the stream's own where there is no norm,
   *     or a mean between
   */
  public record Entry(Optional<Norm> norm, Affine output) {}

  /**
   * {@link dunlin.kernels.LayerNorm}: all of it but where its results go.
   *
   * @param epsilon {@link dunlin.kernels.Scale}
   * @param residual to the stream, where that is replaced by its normalised self
   */
  public record Norm(int inverseWidth, int epsilon, Optional<Affine> residual) {}

  /**
   * A linear layer and what it is activated by: {@link dunlin.kernels.Activation}.
   *
   * @param table sums, shifted left by {@code left}, to {@code fraction} fraction bits; with the
   *     bias
   */
  public record Activated(
      Matrix8 matrix, int left, Affine table, int fraction, int multiplier, int shift) {}

  /**
   * A linear layer whose results are added to the residual stream, with a bias.
   *
   * @param bias [E] in units of the stream
   */
  public record BiasedSum(Sum sum, int[] bias) {}

  /**
   * {@link dunlin.kernels.SelfAttention}.
   *
   * @param fused whether queries are of the input's width, and the input is the keys
   * @param query (H·W) × E
   * @param key (H·P) × E; of no rows where fused
   * @param value (H·P) × E
   * @param units score multiplier and context unit of each head
   */
  public record Attention(
      boolean fused,
      Matrix8 query,
      Affine queryTable,
      Matrix8 key,
      Affine keyTable,
      Matrix8 value,
      Affine valueTable,
      int[] units) {}

  /**
   * One block.
   *
   * @param output E × (H·P)
   */
  public record Block(
      Entry attentionEntry,
      Attention attention,
      BiasedSum output,
      Entry feedForwardEntry,
      Activated up,
      BiasedSum down) {}

  /** One in so many tokens: {@link dunlin.kernels.Scale}. */
  public int inverseTokens() {
    return Rounding.scale(1.0 / config.context());
  }

  /** Bytes of a pass's input. */
  public int inputBytes() {
    return Short.BYTES * config.frames() * config.channels();
  }

  @Override
  public String unit() {
    return "input";
  }

  @Override
  public long weightBytes() {
    LongStream blockBytes =
        blocks.stream()
            .flatMap(
                block ->
                    List.of(
                        block.attention().query(),
                        block.attention().key(),
                        block.attention().value(),
                        block.output().sum().matrix(),
                        block.up().matrix(),
                        block.down().sum().matrix())
                        .stream())
            .mapToLong(matrix -> matrix.values().length);
    long front =
        frontEnd.stream().mapToLong(layer -> layer.matrix().values().length).sum()
            + tokens.sum().matrix().values().length;
    return blockBytes.sum() + front + positions.values().length + head.matrix().values().length;
  }

  @Override
  public long hash() {
    return ModelHash.of(this);
  }
}
