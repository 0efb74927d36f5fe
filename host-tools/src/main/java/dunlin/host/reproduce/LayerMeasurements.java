package dunlin.host.reproduce;

import dunlin.boards.BoardTypes;
import dunlin.host.bench.AttentionBench;
import dunlin.host.bench.AttentionMeasurement;
import dunlin.host.bench.AttentionShape;
import dunlin.host.bench.Loads;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What attention layers take on a core.
 *
 * @param board whose core it is
 * @param layers as far as it has room, layer by layer and depth first
 */
record LayerMeasurements(String board, List<AttentionMeasurement> layers) {
  /** Counts under QEMU. */
  static LayerMeasurements on(String board) {
    return new LayerMeasurements(
        board,
        AttentionBench.measure(
            BoardTypes.named(board), AttentionShape.PUBLISHED, false, Loads.LEFT_OUT));
  }

  /** Whether there was room for any tile of the network's layer. */
  boolean has(TinyNetwork network, boolean fused) {
    return of(network, fused).findAny().isPresent();
  }

  /** The tile that takes the fewest instructions. */
  AttentionMeasurement fastest(TinyNetwork network, boolean fused) {
    return of(network, fused)
        .min(Comparator.comparingLong(AttentionMeasurement::instructions))
        .orElseThrow();
  }

  /** The same tile of the same layer with fused weights, which takes less memory. */
  AttentionMeasurement fusedLike(AttentionMeasurement separate) {
    return layers.stream()
        .filter(layer -> layer.fused() && layer.shape().equals(separate.shape()))
        .filter(layer -> layer.headsAtOnce() == separate.headsAtOnce())
        .filter(layer -> layer.rowsAtOnce() == separate.rowsAtOnce())
        .findFirst()
        .orElseThrow();
  }

  private Stream<AttentionMeasurement> of(TinyNetwork network, boolean fused) {
    return layers.stream()
        .filter(layer -> layer.shape().equals(network.layer()) && layer.fused() == fused);
  }
}
