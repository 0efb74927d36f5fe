package dunlin.host.cli;

import dunlin.boards.BoardType;
import dunlin.host.bench.CostBench;
import dunlin.host.bench.CostMeasurement;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A core's table, by which plans foretell time. */
@Command(
    name = "costs",
    description =
        "Measures what every op takes on a board's core under QEMU: prints a core's table.",
    footer = "Examples: dunlin bench costs --board stm32f405")
final class BenchCostsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--board",
      paramLabel = "B",
      required = true,
      converter = BoardConverter.class,
      description = "A board that QEMU has.")
  private BoardType board;

  @Mixin private JsonOption json;

  @Override
  public void run() {
    json.check();
    List<CostMeasurement> measured = CostBench.measure(board);
    json.write(measured);
    if (json.textIsWanted()) {
      print(measured, spec.commandLine().getOut());
    }
  }

  private void print(List<CostMeasurement> measured, PrintWriter out) {
    out.println("# Instructions, by: dunlin bench costs --board " + board.name());
    for (CostMeasurement op : measured) {
      out.println();
      out.printf(
          Locale.ROOT,
          "# %,d samples, each within %.1f %%%n[ops.%s]%n",
          op.samples(),
          100 * op.worst(),
          op.op());
      op.factors().forEach((quantity, factor) -> out.println(quantity + " = " + factor));
    }
  }
}
