package dunlin.host.cli;

import dunlin.boards.BoardType;
import dunlin.host.bench.KernelBench;
import dunlin.host.bench.KernelMeasurement;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Each kernel on its own. */
@Command(
    name = "kernels",
    description = "Runs each kernel on a board's core under QEMU, and counts its instructions.",
    footer = "Examples: dunlin bench kernels | dunlin bench kernels --kernel attention,gate")
final class BenchKernelsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--board",
      paramLabel = "B",
      defaultValue = "mps2-an386",
      converter = BoardConverter.class,
      description = "A board that QEMU has; mps2-an386, a Cortex-M4, by default.")
  private BoardType board;

  @Option(
      names = "--kernel",
      paramLabel = "K",
      split = ",",
      description = "Only these, by the names that stand in the table.")
  private List<String> kernels;

  @Mixin private JsonOption json;

  @Override
  public void run() {
    json.check();
    List<KernelMeasurement> measured =
        kernels == null ? KernelBench.measure(board) : KernelBench.measure(board, kernels);
    json.write(measured);
    if (json.textIsWanted()) {
      table(measured).print(spec.commandLine().getOut());
    }
  }

  private static Table table(List<KernelMeasurement> measured) {
    Table table =
        new Table(1)
            .row("kernel", "rows", "inputs", "outputs", "instructions", "per MAC", "words loaded");
    for (KernelMeasurement kernel : measured) {
      Double perMac = kernel.instructionsPerMac();
      table.row(
          kernel.kernel(),
          Numerals.grouped(kernel.rows()),
          Numerals.grouped(kernel.inputs()),
          Numerals.grouped(kernel.outputs()),
          Numerals.grouped(kernel.instructions()),
          perMac == null ? "" : String.format(Locale.ROOT, "%.2f", perMac),
          Numerals.grouped(kernel.wordsLoaded()));
    }
    return table;
  }
}
