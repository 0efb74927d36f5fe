package dunlin.host.cli;

import dunlin.boards.BoardType;
import dunlin.boards.Refusal;
import dunlin.host.bench.AttentionBench;
import dunlin.host.bench.AttentionMeasurement;
import dunlin.host.bench.AttentionShape;
import dunlin.host.bench.Loads;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** An encoder's attention. */
@Command(
    name = "attention",
    description = {
      "Runs one layer's multi-head attention on a board's core under QEMU, and counts its",
      "instructions: projections, scores, softmax, context and output projection, against the",
      "same composed of CMSIS-NN calls."
    },
    footer = "Examples: dunlin bench attention --no-loads | dunlin bench attention --tiles")
final class BenchAttentionCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--board",
      paramLabel = "B",
      defaultValue = "mps2-an386",
      converter = BoardConverter.class,
      description = "A board that QEMU has; mps2-an386, a Cortex-M4, by default.")
  private BoardType board;

  @Option(
      names = "--tiles",
      description = "Also what lies between two rows of a head at once, and all of all heads.")
  private boolean tiles;

  @Option(
      names = "--shape",
      paramLabel = "S/E/H/P",
      split = ",",
      converter = ShapeConverter.class,
      description = "Only these layers; 4/32/8/32,66/16/8/2 are the small ones.")
  private List<AttentionShape> shapes = AttentionShape.PUBLISHED;

  @Option(
      names = "--no-loads",
      description = "Leaves out the words loaded, which take most of the time.")
  private boolean noLoads;

  @Mixin private JsonOption json;

  /** One of the layers that were measured with CMSIS-NN. */
  static final class ShapeConverter implements ITypeConverter<AttentionShape> {
    @Override
    public AttentionShape convert(String name) {
      try {
        return AttentionShape.named(name);
      } catch (Refusal refusal) {
        throw new TypeConversionException(refusal.getMessage());
      }
    }
  }

  @Override
  public void run() {
    json.check();
    List<AttentionMeasurement> measured =
        AttentionBench.measure(board, shapes, tiles, noLoads ? Loads.LEFT_OUT : Loads.COUNTED);
    json.write(measured);
    if (json.textIsWanted()) {
      table(measured).print(spec.commandLine().getOut());
    }
  }

  private static Table table(List<AttentionMeasurement> measured) {
    Table table =
        new Table(2)
            .row(
                "S/E/H/P",
                "weights",
                "heads",
                "rows",
                "scratch",
                "MACs",
                "instructions",
                "per MAC",
                "gain",
                "words loaded");
    for (AttentionMeasurement layer : measured) {
      table.row(
          layer.shape().toString(),
          layer.fused() ? "fused" : "separate",
          Numerals.grouped(layer.headsAtOnce()),
          Numerals.grouped(layer.rowsAtOnce()),
          Numerals.grouped(layer.scratchBytes()),
          Numerals.grouped(layer.macs()),
          Numerals.grouped(layer.instructions()),
          String.format(Locale.ROOT, "%.2f", layer.instructionsPerMac()),
          String.format(Locale.ROOT, "%.2f", layer.gain()),
          layer.wordsLoaded() == null ? "" : Numerals.grouped(layer.wordsLoaded()));
    }
    return table;
  }
}
