package dunlin.host.bench;

import dunlin.kernels.SelfAttention;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a layer's attention goes about it; no bit depends on the tile.
 *
 * @param fused whether one matrix of E × E takes the place of a head's query and key weights
 * @param heads whose keys and values lie in memory together
 * @param rows query rows from scores to context
 */
record AttentionTile(boolean fused, int heads, int rows) {

  /** Least memory, depth first, and layer by layer. */
  static List<AttentionTile> ends(AttentionShape shape) {
    return List.of(
        new AttentionTile(false, 1, 2),
        new AttentionTile(false, shape.heads(), shape.positions()),
        new AttentionTile(true, 1, 2),
        new AttentionTile(true, shape.heads(), shape.positions()));
  }

  /** From a row of a head to all at once. */
  static List<AttentionTile> all(AttentionShape shape) {
    return Stream.of(false, true)
        .flatMap(
            fused ->
                Stream.of(
                    new AttentionTile(fused, 1, 1),
                    new AttentionTile(fused, 1, 2),
                    new AttentionTile(fused, 1, shape.positions()),
                    new AttentionTile(fused, shape.heads(), 2),
                    new AttentionTile(fused, shape.heads(), shape.positions())))
        .toList();
  }

  int scratchBytes(AttentionShape shape, int layout) {
    return SelfAttention.scratchBytes(
        shape.positions(),
        shape.width(),
        fused ? shape.width() : shape.headSize(),
        shape.headSize(),
        shape.width(),
        fused,
        heads,
        rows,
        layout);
  }
}
