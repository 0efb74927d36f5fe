package dunlin.host.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * The shape of an encoder that classifies frames of features, or text. Where they mean the same,
 * accessors are named as {@link LlamaConfig}'s.
 *
 * @param frames T, rows of an input; of text, the most tokens
 * @param channels C, columns of an input; of text, 0
 * @param frontEnd convolutions that make tokens of frames, in order, at least one; the last has
 *     {@code dim} outputs; none of text
 * @param words how tokens of text become rows of the stream; empty where frames do
 * @param dim E, width of the residual stream
 * @param hidden F, columns of the feed-forward
 * @param layers L, blocks
 * @param heads H
 * @param headSize P; heads × headSize is often, not always, {@code dim}
 * @param bottleneck where blocks compute on fewer channels than the stream has
 * @param norm where the blocks normalise
 * @param activation of the feed-forward
 * @param pooling what the head reads
 * @param normEpsilon added to the variance in LayerNorm
 * @param labels the classes, in the order of the logits
 */
public record EncoderConfig(
    int frames,
    int channels,
    List<Convolution> frontEnd,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Words> words,
    int dim,
    int hidden,
    int layers,
    int heads,
    int headSize,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Bottleneck> bottleneck,
    NormPlacement norm,
    Nonlinearity activation,
    Pooling pooling,
    double normEpsilon,
    List<String> labels)
    implements TransformerShape {
  /** The labels of a model that marks where answers start and end. */
  public static final List<String> SPANS = List.of("start", "end");

  /** Where a block has its LayerNorms. */
  public enum NormPlacement {
    /** x + f(norm(x)), and a final norm behind the last block. */
    @JsonProperty("pre")
    PRE,
    /** norm(x + f(x)), and no final norm. */
    @JsonProperty("post")
    POST
  }

  /** What the head reads of the last block's tokens. */
  public enum Pooling {
    /** A token of its own, the first of the sequence. */
    @JsonProperty("class-token")
    CLASS_TOKEN,
    /** The mean of all tokens, each normalised where there is a final norm. */
    @JsonProperty("mean")
    MEAN,
    /** The input's own first token, of text, through the pooler if there is one. */
    @JsonProperty("first-token")
    FIRST_TOKEN,
    /** Every token by itself: each has a logit for each label. */
    @JsonProperty("every-token")
    EVERY_TOKEN
  }

  /**
   * Text: the embedding of a token, or of three tokens in a row, is projected to E where it is of
   * another width; its position's and its type's are added, and the sum is normalised.
   *
   * @param vocabulary V, rows of the embedding
   * @param width W, columns of the embedding
   * @param trigrams whether a token's neighbours are read with it: the next one, itself, and the
   *     one before, zeros where there is none
   * @param types rows of the embedding of types (segments)
   */
  public record Words(int vocabulary, int width, boolean trigrams, int types) {
    /** Inputs of the projection to E. */
    public int inputs() {
      return trigrams ? 3 * width : width;
    }

    /** Types that a token may have: one at least, even where none is read. */
    public int typeRows() {
      return Math.max(types, 1);
    }

    /** Whether there is a projection to {@code dim}. */
    public boolean projected(int dim) {
      return trigrams || width != dim;
    }
  }

  /**
   * Blocks of MobileBERT (Sun et al., arXiv 2004.02984): the stream is projected to fewer channels,
   * there come attention and some feed-forwards, one behind the other, and the result is projected
   * back. Such blocks do not normalise: gains and biases only (NoNorm), behind each sum.
   *
   * @param width B, channels within a block
   * @param feedForwards feed-forwards of a block, at least 1
   */
  public record Bottleneck(int width, int feedForwards) {}

  /**
   * A one-dimensional convolution over frames, without padding: output t reads inputs stride·t to
   * stride·t + kernel − 1. A linear layer on each frame is one of kernel 1 and stride 1.
   *
   * @param kernel inputs that an output reads, at least 1
   * @param stride inputs from one output to the next, at least 1
   * @param channels outputs
   * @param activation of the outputs
   */
  public record Convolution(int kernel, int stride, int channels, Nonlinearity activation) {
    /** Outputs for {@code inputs} frames; 0 if they are fewer than the kernel. */
    public int outputs(int inputs) {
      return inputs < kernel ? 0 : (inputs - kernel) / stride + 1;
    }
  }

  public EncoderConfig {
    frontEnd = List.copyOf(frontEnd);
    labels = List.copyOf(labels);
  }

  /** An encoder of frames. */
  public static EncoderConfig ofFrames(
      int frames,
      int channels,
      List<Convolution> frontEnd,
      int dim,
      int hidden,
      int layers,
      int heads,
      int headSize,
      NormPlacement norm,
      Nonlinearity activation,
      Pooling pooling,
      double normEpsilon,
      List<String> labels) {
    return new EncoderConfig(
        frames,
        channels,
        frontEnd,
        Optional.empty(),
        dim,
        hidden,
        layers,
        heads,
        headSize,
        Optional.empty(),
        norm,
        activation,
        pooling,
        normEpsilon,
        labels);
  }

  /**
   * An encoder of text, whose norms are behind the sums.
   *
   * @param positions the most tokens
   */
  public static EncoderConfig ofText(
      int positions,
      Words words,
      int dim,
      int hidden,
      int layers,
      int heads,
      int headSize,
      Optional<Bottleneck> bottleneck,
      Nonlinearity activation,
      Pooling pooling,
      double normEpsilon,
      List<String> labels) {
    return new EncoderConfig(
        positions,
        0,
        List.of(),
        Optional.of(words),
        dim,
        hidden,
        layers,
        heads,
        headSize,
        bottleneck,
        NormPlacement.POST,
        activation,
        pooling,
        normEpsilon,
        labels);
  }

  /** Keys and values have as many heads as queries. */
  @Override
  public int kvHeads() {
    return heads;
  }

  /** Embedding rows of text; otherwise classes, as many as there are logits. */
  @Override
  public int vocabulary() {
    return words.map(Words::vocabulary).orElse(labels.size());
  }

  @Override
  public double groupWeights() {
    return bottleneck
        .map(narrow -> (3.0 * dim + narrow.width()) * headSize)
        .orElseGet(TransformerShape.super::groupWeights);
  }

  /** Where there is a bottleneck, the ways into it and out of it are divided as columns are. */
  @Override
  public double columnWeights() {
    return bottleneck
        .map(narrow -> 2.0 * narrow.width() * (narrow.feedForwards() + (double) dim / hidden))
        .orElseGet(TransformerShape.super::columnWeights);
  }

  @Override
  public double rowWeights() {
    return words.map(text -> (double) text.width()).orElseGet(TransformerShape.super::rowWeights);
  }

  /** B, channels that attention and feed-forwards give: of the bottleneck, or E. */
  public int width() {
    return bottleneck.map(Bottleneck::width).orElse(dim);
  }

  /** S, tokens of the sequence, the class token included. */
  @Override
  public int context() {
    return tokens() + (pooling == Pooling.CLASS_TOKEN ? 1 : 0);
  }

  /** Tokens that the front end makes. */
  public int tokens() {
    int tokens = frames;
    for (Convolution convolution : frontEnd) {
      tokens = convolution.outputs(tokens);
    }
    return tokens;
  }

  /** Numbers that such a model learns, zero biases included, a pooler's not. */
  public long parameters() {
    long sum = (long) context() * dim + (pooling == Pooling.CLASS_TOKEN ? dim : 0);
    sum += words.map(this::wordParameters).orElse(0L);
    for (int i = 0; i < frontEnd.size(); i++) {
      Convolution convolution = frontEnd.get(i);
      sum += linear((long) convolution.kernel() * inputChannels(i), convolution.channels());
    }
    long ends = (norm == NormPlacement.PRE ? 2L * dim : 0) + linear(dim, labels.size());
    return sum + layers * blockParameters() + ends;
  }

  private long wordParameters(Words text) {
    long embedding = (long) text.vocabulary() * text.width() + (long) text.types() * dim;
    return embedding + (text.projected(dim) ? linear(text.inputs(), dim) : 0) + 2L * dim;
  }

  private long blockParameters() {
    long inner = (long) heads * headSize;
    long attention =
        2 * linear(width(), inner) + linear(dim, inner) + linear(inner, width()) + 2L * width();
    long feedForward = linear(width(), hidden) + linear(hidden, width()) + 2L * width();
    return bottleneck
        .map(
            narrow ->
                attention
                    + narrow.feedForwards() * feedForward
                    + 2 * (linear(dim, narrow.width()) + 2L * narrow.width())
                    + linear(narrow.width(), dim)
                    + 2L * dim)
        .orElse(attention + feedForward);
  }

  private static long linear(long inputs, long outputs) {
    return (inputs + 1) * outputs;
  }

  /** What convolution {@code index} reads of each of its inputs. */
  public int inputChannels(int index) {
    return index == 0 ? channels : frontEnd.get(index - 1).channels();
  }
}
