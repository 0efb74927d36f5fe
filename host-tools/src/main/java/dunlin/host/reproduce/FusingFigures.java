package dunlin.host.reproduce;

import dunlin.host.bench.AttentionMeasurement;
import dunlin.host.quantise.Fusing;
import java.util.ArrayList;
import java.util.List;

/** What a matrix of E × E in place of each head's query and key weights costs and saves. */
final class FusingFigures {
  private static final String OF = "fused weights: ";
  private static final String GAIN = OF + "gain in instructions";

  /** In percent, where E is P. */
  private static final double FEWER_PARAMETERS = -25;

  /** In percent, of ECGFormer. */
  private static final double MORE_MACS = 285;

  /** The paper's best. */
  private static final double BEST = 1.53;

  private FusingFigures() {}

  /** Of one network, by its shape. */
  static List<TinyFigure> of(TinyNetwork network) {
    boolean square = network.config().dim() == network.config().headSize();
    return List.of(
        TinyFigure.of(
            OF + "parameters of the attention, %",
            network.setting(),
            square ? FEWER_PARAMETERS : null,
            percent(parameters(network, true), parameters(network, false)),
            Basis.COUNTED),
        TinyFigure.of(
            OF + "MACs of the attention, %",
            network.setting(),
            network.name().equals("ecgformer") ? MORE_MACS : null,
            percent(network.layer().macs(true), network.layer().macs(false)),
            Basis.COUNTED));
  }

  /** Of all networks for which a core has room: the same tile with either weights. */
  static List<TinyFigure> measured(LayerMeasurements measured) {
    List<TinyFigure> figures = new ArrayList<>();
    for (TinyNetwork network : TinyNetwork.ALL) {
      if (measured.has(network, false)) {
        AttentionMeasurement separate = measured.fastest(network, false);
        AttentionMeasurement fused = measured.fusedLike(separate);
        double gain = (double) separate.instructions() / fused.instructions();
        TinySetting setting =
            network
                .setting()
                .on(measured.board())
                .tiled(separate.headsAtOnce(), separate.rowsAtOnce());
        figures.add(TinyFigure.counted(GAIN, setting, gain));
      }
    }
    figures.stream()
        .mapToDouble(TinyFigure::dunlin)
        .max()
        .ifPresent(best -> figures.add(best(measured, best)));
    return figures;
  }

  private static TinyFigure best(LayerMeasurements measured, double gain) {
    TinySetting all = TinySetting.of(TinySetting.ALL).on(measured.board());
    return TinyFigure.of(GAIN + ", best", all, BEST, gain, Basis.COUNTED);
  }

  /** Weights of queries, keys, values and outputs. */
  private static long parameters(TinyNetwork network, boolean fused) {
    long inner = (long) network.config().heads() * network.config().headSize();
    return Fusing.weights(network.config(), fused) + 2 * inner * network.config().dim();
  }

  private static double percent(long fused, long separate) {
    return 100.0 * fused / separate - 100;
  }
}
