package dunlin.host.quantise;

import dunlin.host.model.EncoderConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An encoder in integers. Rows of a pass are the tokens of a sequence in order, but for the class
 * token, which comes last: so the head reads the last row, as a decoder's does.
 *
 * @param name for people; not part of the hash
 * @param config the shape
 * @param residualFraction fraction bits of the residual stream
 * @param start what the residual stream begins with, but for the positions
 * @param positions S × E, the class token's among them
 * @param blocks L blocks, all of a kind
 * @param headEntry what the head reads
 * @param pooler between what the head reads and the head, which then takes int16
 * @param head labels × E to logits with {@link QuantisedModel#LOGIT_FRACTION} fraction bits
 * @param headBias [labels], in units of a logit
 * @param tables what the kernels look up
 */
public record QuantisedEncoder(
    String name,
    EncoderConfig config,
    int residualFraction,
    Start start,
    Embedded positions,
    List<Block> blocks,
    Entry headEntry,
    Optional<Activated> pooler,
    Projection head,
    int[] headBias,
    EncoderTables tables)
    implements QuantisedModel {

  /** Significant bits of an input and of what an activation gives: int16. */
  public static final int HIDDEN_BITS = 14;

  /** What makes rows of the stream. */
  public sealed interface Start permits Frames, Words {
    /** Its weights. */
    List<Matrix8> weights();
  }

  /**
   * Frames of features.
   *
   * @param inputSteps [C]: what a step of an input's channel is worth; inputs are int16
   * @param frontEnd convolutions but for the last
   * @param tokens the last convolution: its sums start the stream
   */
  public record Frames(double[] inputSteps, List<Activated> frontEnd, BiasedSum tokens)
      implements Start {
    @Override
    public List<Matrix8> weights() {
      return Stream.concat(
              frontEnd.stream().map(Activated::matrix), Stream.of(tokens.sum().matrix()))
          .toList();
    }
  }

  /**
   * Text. Without a projection, rows of the embedding are the stream's.
   *
   * @param embedding V × W
   * @param types rows that a token's type is added from; none of models without types
   */
  public record Words(Embedded embedding, Optional<Embedded> types, Optional<Projected> projection)
      implements Start {
    @Override
    public List<Matrix8> weights() {
      List<Matrix8> all = new ArrayList<>();
      all.add(embedding.rows());
      types.ifPresent(rows -> all.add(rows.rows()));
      projection.ifPresent(
          projected -> projected.sums().forEach(sum -> all.add(sum.sum().matrix())));
      return all;
    }
  }

  /**
   * Rows of the embedding to int8, and those to the stream.
   *
   * @param sums E × W of the next token's row, the token's own, and the one before; or of its own
   */
  public record Projected(Affine entry, List<BiasedSum> sums) {}

  /**
   * Rows that are added to a stream: {@link dunlin.kernels.Embedding}.
   *
   * @param multipliers one for each row
   * @param right shift
   */
  public record Embedded(Matrix8 rows, int[] multipliers, int right) {
    /** The first {@code count} rows. */
    public Embedded first(int count) {
      byte[] values = Arrays.copyOf(rows.values(), count * rows.columns());
      return new Embedded(
          new Matrix8(rows.name(), count, rows.columns(), values),
          Arrays.copyOf(multipliers, count),
          right);
    }
  }

  /**
   * {@link dunlin.kernels.NoNorm}.
   *
   * @param gains [channels]
   * @param biases [channels], in units of the stream
   */
  public record Gain(int[] gains, int[] biases, int shift) {}

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

  /** One block. */
  public sealed interface Block permits PlainBlock, BottleneckBlock {
    /** Its heads. */
    Attention attention();

    /** Its weights. */
    List<Matrix8> weights();
  }

  /**
   * Attention and a feed-forward, each added to the stream.
   *
   * @param output E × (H·P)
   */
  public record PlainBlock(
      Entry attentionEntry,
      Attention attention,
      BiasedSum output,
      Entry feedForwardEntry,
      Activated up,
      BiasedSum down)
      implements Block {
    @Override
    public List<Matrix8> weights() {
      return List.of(
          attention.query(),
          attention.key(),
          attention.value(),
          output.sum().matrix(),
          up.matrix(),
          down.sum().matrix());
    }
  }

  /**
   * A block on a stream of its own, B wide, that begins with what attention and the input's
   * projection add up to, and is projected back in the end. The bottleneck of queries and keys is
   * folded into their weights, and what stands behind sums into the weights that are summed.
   *
   * @param entry of the stream to int8
   * @param output B × (H·P + E): the context's columns, then those of the entry
   * @param start what the narrow stream begins with, its gains 0
   * @param exit of the narrow stream to int8
   * @param gain of the stream, before {@code widen} is added
   * @param widen E × B
   */
  public record BottleneckBlock(
      Affine entry,
      Attention attention,
      Sum output,
      Gain start,
      List<FeedForward> feedForwards,
      Affine exit,
      Gain gain,
      Sum widen)
      implements Block {
    @Override
    public List<Matrix8> weights() {
      return Stream.concat(
              Stream.of(
                  attention.query(),
                  attention.key(),
                  attention.value(),
                  output.matrix(),
                  widen.matrix()),
              feedForwards.stream()
                  .flatMap(each -> Stream.of(each.up().matrix(), each.down().matrix())))
          .toList();
    }
  }

  /**
   * A feed-forward within a bottleneck.
   *
   * @param entry of the narrow stream to int8
   * @param gain of the narrow stream, before {@code down} is added
   */
  public record FeedForward(Affine entry, Activated up, Gain gain, Sum down) {}

  /** One in so many tokens: {@link dunlin.kernels.Scale}. */
  public int inverseTokens() {
    return Rounding.scale(1.0 / config.context());
  }

  /**
   * Bytes of a pass's input: int16 features, or int32 tokens and then their types.
   *
   * @param positions the most rows of a pass
   */
  public int inputBytes(int positions) {
    return start instanceof Words
        ? 2 * Integer.BYTES * positions
        : Short.BYTES * config.frames() * config.channels();
  }

  @Override
  public String unit() {
    return "input";
  }

  @Override
  public long weightBytes() {
    List<Matrix8> ends = List.of(positions.rows(), head.matrix());
    return Stream.of(
            start.weights().stream(),
            blocks.stream().flatMap(block -> block.weights().stream()),
            pooler.stream().map(Activated::matrix),
            ends.stream())
        .flatMap(weights -> weights)
        .mapToLong(matrix -> matrix.values().length)
        .sum();
  }

  @Override
  public long hash() {
    return ModelHash.of(this);
  }
}
