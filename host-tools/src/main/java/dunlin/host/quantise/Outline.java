package dunlin.host.quantise;

import dunlin.host.model.LlamaConfig;
import dunlin.host.quantise.QuantisedDecoder.Attention;
import dunlin.host.quantise.QuantisedDecoder.Block;
import dunlin.host.quantise.QuantisedDecoder.Gate;
import dunlin.host.quantise.QuantisedDecoder.Norm;
import dunlin.host.quantise.QuantisedModel.Matrix8;
import dunlin.host.quantise.QuantisedModel.Projection;
import dunlin.host.quantise.QuantisedModel.Sum;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A model of which only the shape is known: its weights are zeros, its sums as wide as any weights
 * could make them. It says nothing, but takes the place, time and wires of a model of that shape.
 */
public final class Outline {
  private static final int INT8 = 127;

  private final LlamaConfig config;

  private Outline(LlamaConfig config) {
    this.config = config;
  }

  /**
   * An outline.
   *
   * @param name for people
   * @param tied whether the embedding is the head
   */
  public static QuantisedDecoder of(String name, LlamaConfig config, boolean tied) {
    return new Outline(config).model(name, tied);
  }

  private QuantisedDecoder model(String name, boolean tied) {
    Projection head = projection("head", config.vocabulary(), 1);
    return new QuantisedDecoder(
        name,
        config,
        0,
        tied ? head.matrix() : matrix("embedding", config.vocabulary(), config.dim()),
        ones(config.vocabulary()),
        0,
        IntStream.range(0, config.layers()).mapToObj(this::block).toList(),
        norm(),
        head,
        Tables.of(config));
  }

  private Block block(int layer) {
    String name = "layer " + layer + " ";
    int context = config.heads() * config.headSize();
    int projected = context + 2 * config.kvHeads() * config.headSize();
    return new Block(
        norm(),
        projection(name + "query, key, value", projected, 3),
        new Attention(0, 0, Quantiser.CONTEXT_BITS, 0),
        sum(name + "output", context, Quantiser.CONTEXT_BITS),
        norm(),
        projection(name + "gate, up", 2 * config.hidden(), 2),
        new Gate(0, 0, 0, Quantiser.HIDDEN_BITS, 0),
        sum(name + "down", config.hidden(), Quantiser.HIDDEN_BITS));
  }

  private Norm norm() {
    return new Norm(new short[config.dim()], 0, 0, 0);
  }

  private Projection projection(String name, int rows, int parts) {
    return new Projection(matrix(name, rows, config.dim()), ones(rows), 0, 0, new int[parts], 0);
  }

  private Sum sum(String name, int columns, int inputBits) {
    long largest = (long) columns * INT8 << (inputBits - 1);
    int left = Math.max(0, Long.numberOfLeadingZeros(largest) - 33);
    return new Sum(matrix(name, config.dim(), columns), ones(config.dim()), left, 0);
  }

  private static Matrix8 matrix(String name, int rows, int columns) {
    return new Matrix8(name, rows, columns, new byte[Math.multiplyExact(rows, columns)]);
  }

  private static int[] ones(int count) {
    int[] ones = new int[count];
    Arrays.fill(ones, 1);
    return ones;
  }
}
