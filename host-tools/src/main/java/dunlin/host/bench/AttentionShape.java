package dunlin.host.bench;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dunlin.boards.Refusal;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One multi-head attention layer of an encoder.
 *
 * @param positions S
 * @param width E
 * @param heads H
 * @param headSize P
 * @param cmsisNn instructions of the same layer composed of CMSIS-NN calls (fully_connected_s8,
 *     transpose, batch_matmul, softmax; -O3), counted on the same emulated cores
 */
@JsonPropertyOrder({"positions", "width", "heads", "headSize", "cmsisNn"})
public record AttentionShape(int positions, int width, int heads, int headSize, long cmsisNn) {
  /** Those that "Optimizing the Deployment of Tiny Transformers" (arXiv 2404.02945) deploys. */
  public static final List<AttentionShape> PUBLISHED =
      List.of(
          new AttentionShape(4, 32, 8, 32, 559_000),
          new AttentionShape(32, 64, 16, 64, 35_100_000),
          new AttentionShape(81, 32, 8, 32, 46_400_000),
          new AttentionShape(66, 16, 8, 2, 21_100_000));

  private static final String NAMES =
      PUBLISHED.stream().map(AttentionShape::toString).collect(Collectors.joining(", "));

  /** The published one that is written so. */
  public static AttentionShape named(String name) {
    return PUBLISHED.stream()
        .filter(shape -> shape.toString().equals(name))
        .findFirst()
        .orElseThrow(() -> new Refusal("there is no layer " + name, "choose one of " + NAMES));
  }

  /**
   * Multiplications of projections, scores, context and output projection.
   *
   * @param fused whether one matrix of E × E takes the place of a head's query and key weights
   */
  public long macs(boolean fused) {
    long rows = (long) positions * heads;
    long queries = fused ? width : headSize;
    long keys = fused ? 0 : headSize;
    return rows * width * (queries + keys + 2L * headSize)
        + rows * positions * (queries + headSize);
  }

  /** S/E/H/P, as the paper's group writes it. */
  @Override
  public String toString() {
    return positions + "/" + width + "/" + heads + "/" + headSize;
  }
}
