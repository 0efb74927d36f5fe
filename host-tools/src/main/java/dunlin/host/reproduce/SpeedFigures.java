package dunlin.host.reproduce;

import dunlin.host.bench.AttentionMeasurement;
import dunlin.host.quantise.Fusing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Instructions of one multi-head attention layer, beside CMSIS-NN's and the paper's cycles. */
final class SpeedFigures {
  private static final String OF = "attention layer: ";
  private static final String GAIN = OF + "gain over CMSIS-NN";

  /** The paper's, on average. */
  private static final double AVERAGE = 4.79;

  private static final List<Cycles> CYCLES =
      List.of(
          new Cycles("radar-gesture", "STM32L4", 817_140, 1_373_492),
          new Cycles("radar-gesture", "STM32H7", 269_353, 768_315),
          new Cycles("s32-e64-h16-p64", "STM32L4", 59.35e6, 103.6e6),
          new Cycles("s32-e64-h16-p64", "STM32H7", 17.17e6, 57.0e6));

  /** The chips of the paper that have the cores of boards. */
  private static final Map<String, String> CHIPS =
      Map.of("stm32f405", "STM32L4", "mps2-an500", "STM32H7");

  private SpeedFigures() {}

  /** What the paper's group measured. */
  private record Cycles(String network, String chip, double theirs, double cmsisNn) {
    TinySetting setting() {
      return TinySetting.of(network).on(chip);
    }
  }

  /** Of all networks for which a core has room. */
  static List<TinyFigure> measured(LayerMeasurements measured) {
    List<TinyFigure> figures = new ArrayList<>();
    for (boolean fused : new boolean[] {false, true}) {
      for (TinyNetwork network : TinyNetwork.ALL) {
        if (measured.has(network, fused)) {
          figures.addAll(of(network, measured.board(), measured.fastest(network, fused)));
        }
      }
    }
    TinySetting all = TinySetting.of(TinySetting.ALL).on(measured.board());
    figures.addAll(average(all.fused(false), measured, network -> false));
    figures.addAll(average(all.chosen(), measured, network -> Fusing.FASTER.of(network.config())));
    return figures;
  }

  private static List<TinyFigure> of(
      TinyNetwork network, String board, AttentionMeasurement layer) {
    TinySetting setting =
        network
            .setting()
            .fused(layer.fused())
            .on(board)
            .tiled(layer.headsAtOnce(), layer.rowsAtOnce());
    Double published = layer.fused() ? null : publishedGain(network, board);
    return List.of(
        TinyFigure.counted(OF + "instructions", setting, layer.instructions()),
        TinyFigure.of(
            GAIN,
            setting,
            published,
            layer.gain(),
            published == null ? Basis.COUNTED : Basis.DERIVED));
  }

  private static Double publishedGain(TinyNetwork network, String board) {
    return CYCLES.stream()
        .filter(c -> c.network().equals(network.name()) && c.chip().equals(CHIPS.get(board)))
        .map(cycles -> cycles.cmsisNn() / cycles.theirs())
        .findFirst()
        .orElse(null);
  }

  /** Nothing, where a core has no room for one of them. */
  private static List<TinyFigure> average(
      TinySetting setting, LayerMeasurements measured, Predicate<TinyNetwork> fused) {
    if (!TinyNetwork.ALL.stream().allMatch(n -> measured.has(n, fused.test(n)))) {
      return List.of();
    }
    double gain =
        TinyNetwork.ALL.stream()
            .mapToDouble(network -> measured.fastest(network, fused.test(network)).gain())
            .average()
            .orElseThrow();
    return List.of(TinyFigure.of(GAIN + ", average", setting, AVERAGE, gain, Basis.COUNTED));
  }

  /** The paper's own, on its chips: Dunlin counts instructions, which are no cycles. */
  static List<TinyFigure> published() {
    Stream<TinyFigure> cycles =
        CYCLES.stream()
            .flatMap(
                c ->
                    Stream.of(
                        TinyFigure.published("cycles: the paper's", c.setting(), c.theirs()),
                        TinyFigure.published("cycles: CMSIS-NN's", c.setting(), c.cmsisNn())));
    return Stream.concat(
            cycles,
            Stream.of(
                gap9("radar-gesture", "latency, ms", 0.14),
                gap9("radar-gesture", "energy, mJ", 0.00492),
                gap9("eegformer", "latency, ms", 13.7),
                gap9("eegformer", "energy, mJ", 0.31),
                gap9("ecgformer", "latency, ms", 4.28),
                gap9("ecgformer", "energy, mJ", 0.09)))
        .toList();
  }

  private static TinyFigure gap9(String network, String quantity, double paper) {
    return TinyFigure.published("network: " + quantity, TinySetting.of(network).on("GAP9"), paper);
  }
}
