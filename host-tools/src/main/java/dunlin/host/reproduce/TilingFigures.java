package dunlin.host.reproduce;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.host.compile.EncoderPeak;
import dunlin.host.flock.ImportedEncoder;
import dunlin.host.flock.Progress;
import dunlin.host.quantise.Fusing;
import dunlin.host.quantise.QuantisedEncoder;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Bytes of RAM at the peak, layer by layer and depth first. */
final class TilingFigures {
  private static final String WHOLE = "layer by layer, bytes";
  private static final String TILED = "depth first, bytes";
  private static final String ARENA = "peak of all buffers: ";
  private static final String ATTENTION = "peak of the attention alone: ";
  private static final String GAIN = "gain";

  /** The paper's best. */
  private static final double BEST = 6.19;

  /** With room for anything, and weights packed as for the cores that are measured. */
  private static final BoardType BOARD =
      BoardTypes.named("emulated").with(BoardType.Weights.PACKED);

  private TilingFigures() {}

  /** Of one network, with the weights that Dunlin chooses, and with separate ones. */
  static List<TinyFigure> of(TinyNetwork network) {
    return Stream.of(false, true)
        .filter(fused -> !fused || Fusing.FASTER.of(network.config()))
        .flatMap(fused -> of(network, fused).stream())
        .toList();
  }

  private static List<TinyFigure> of(TinyNetwork network, boolean fused) {
    QuantisedEncoder model =
        ImportedEncoder.read(network.name())
            .quantised(null, fused ? Fusing.ALWAYS : Fusing.NEVER, Progress.NONE);
    EncoderPeak whole = EncoderPeak.whole(model, BOARD);
    EncoderPeak arena = smallest(model);
    EncoderPeak attention = EncoderPeak.tiled(model, BOARD, 1, 1, 1);
    TinySetting setting = network.setting().fused(fused);
    TinySetting alone = setting.tiled(1, 1);
    Double formula = fused ? null : formula(network, 1);
    return List.of(
        TinyFigure.counted(ARENA + WHOLE, tiled(setting, whole), whole.arenaBytes()),
        TinyFigure.counted(ARENA + TILED, tiled(setting, arena), arena.arenaBytes()),
        TinyFigure.counted(
            ARENA + GAIN, tiled(setting, arena), ratio(whole.arenaBytes(), arena.arenaBytes())),
        TinyFigure.counted(
            ATTENTION + WHOLE,
            setting.tiled(whole.heads(), whole.queryRows()),
            whole.attentionBytes()),
        TinyFigure.of(
            ATTENTION + TILED,
            alone,
            formula,
            (double) attention.attentionBytes(),
            formula == null ? Basis.COUNTED : Basis.DERIVED),
        TinyFigure.counted(
            ATTENTION + GAIN, alone, ratio(whole.attentionBytes(), attention.attentionBytes())));
  }

  /** The best of them, beside the paper's. */
  static List<TinyFigure> best(List<TinyFigure> figures) {
    return Stream.of(ARENA, ATTENTION).map(part -> best(part, figures)).toList();
  }

  private static TinyFigure best(String part, List<TinyFigure> figures) {
    double gain =
        figures.stream()
            .filter(figure -> figure.figure().equals(part + GAIN))
            .mapToDouble(TinyFigure::dunlin)
            .max()
            .orElseThrow();
    TinySetting all = TinySetting.of(TinySetting.ALL);
    return TinyFigure.of(part + GAIN + ", best", all, BEST, gain, Basis.COUNTED);
  }

  /** The least peak there is, of one head at a time; of tiles that have it, the largest. */
  private static EncoderPeak smallest(QuantisedEncoder model) {
    int rows = model.config().context();
    EncoderPeak queries = least(rows, x -> EncoderPeak.tiled(model, BOARD, 1, x, 1));
    return least(rows, x -> EncoderPeak.tiled(model, BOARD, 1, queries.queryRows(), x));
  }

  private static EncoderPeak least(int rows, IntFunction<EncoderPeak> tiled) {
    return IntStream.iterate(rows, x -> x > 0, x -> x - 1)
        .mapToObj(tiled)
        .min(Comparator.comparingLong(EncoderPeak::arenaBytes))
        .orElseThrow();
  }

  /** The paper's: bytes of a head's keys and values, and of x rows of queries, context, scores. */
  private static double formula(TinyNetwork network, int x) {
    int tokens = network.layer().positions();
    int size = network.layer().headSize();
    return (2.0 * size + tokens) * x + 2.0 * size * tokens;
  }

  private static TinySetting tiled(TinySetting setting, EncoderPeak peak) {
    return setting.tiled(peak.heads(), peak.queryRows(), peak.hiddenRows());
  }

  private static double ratio(long whole, long tiled) {
    return (double) whole / tiled;
  }
}
