package dunlin.host.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * The shape of an encoder that classifies frames of features. Where they mean the same, accessors
 * are named as {@link LlamaConfig}'s.
 *
 * @param frames T, rows of an input
 * @param channels C, columns of an input
 * @param frontEnd convolutions that make tokens of frames, in order, at least one; the last has
 *     {@code dim} outputs
 * @param dim E, width of the residual stream
 * @param hidden F, columns of the feed-forward
 * @param layers L, blocks
 * @param heads H
 * @param headSize P; heads × headSize is often, not always, {@code dim}
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
    int dim,
    int hidden,
    int layers,
    int heads,
    int headSize,
    NormPlacement norm,
    Nonlinearity activation,
    Pooling pooling,
    double normEpsilon,
    List<String> labels)
    implements TransformerShape {

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
    MEAN
  }

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

  /** Keys and values have as many heads as queries. */
  @Override
  public int kvHeads() {
    return heads;
  }

  /** Classes, as many as there are logits. */
  @Override
  public int vocabulary() {
    return labels.size();
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

  /** Numbers that such a model learns, zero biases included. */
  public long parameters() {
    long sum = (long) context() * dim + (pooling == Pooling.CLASS_TOKEN ? dim : 0);
    for (int i = 0; i < frontEnd.size(); i++) {
      Convolution convolution = frontEnd.get(i);
      sum += linear((long) convolution.kernel() * inputChannels(i), convolution.channels());
    }
    long attention =
        3 * linear(dim, (long) heads * headSize) + linear((long) heads * headSize, dim);
    long feedForward = linear(dim, hidden) + linear(hidden, dim);
    long norms = (2L * layers + (norm == NormPlacement.PRE ? 1 : 0)) * 2 * dim;
    return sum + layers * (attention + feedForward) + norms + linear(dim, labels.size());
  }

  private static long linear(long inputs, long outputs) {
    return (inputs + 1) * outputs;
  }

  /** What convolution {@code index} reads of each of its inputs. */
  public int inputChannels(int index) {
    return index == 0 ? channels : frontEnd.get(index - 1).channels();
  }
}
