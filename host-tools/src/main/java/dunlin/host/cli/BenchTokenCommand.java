package dunlin.host.cli;

import dunlin.host.bench.NodeMeasurement;
import dunlin.host.bench.NodeMeasurement.OpMeasurement;
import dunlin.host.bench.TokenBench;
import dunlin.host.flock.ImportedModel;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A token, on each node of a flock. */
@Command(
    name = "token",
    description = "Runs each node alone under QEMU, with what its peers sent, and counts.",
    footer = "Example: dunlin bench token --model stories260K --board stm32f405 --nodes 4")
final class BenchTokenCommand implements Runnable {
  /** QEMU has no emulated board, so the default is another one here. */
  private static final DefaultFlock ALONE = new DefaultFlock("stm32f405", 1);

  @Spec private CommandSpec spec;

  @Option(
      names = "--position",
      paramLabel = "P",
      defaultValue = "128",
      converter = CountConverter.class,
      description = "Tokens in the caches before it; 128 by default.")
  private int position;

  @Mixin private ModelOptions model;
  @Mixin private FlockOptions flock;
  @Mixin private JsonOption json;

  @Override
  public void run() {
    json.check();
    PlanOptions options = flock.options(ALONE);
    if (options.context() == 0) {
      options = options.withContext(position + 1);
    }
    ImportedModel source = model.read(flock.model());
    Plan plan = Built.plan(source, model.calibration(), flock.boards(ALONE), options);
    List<NodeMeasurement> measured = TokenBench.measure(plan, source.tokenizer().begin(), position);
    json.write(measured);
    if (json.textIsWanted()) {
      table(measured).print(spec.commandLine().getOut());
    }
  }

  private static Table table(List<NodeMeasurement> nodes) {
    Table table = new Table(1);
    table.row(row("instructions", nodes, node -> "node " + node.node()));
    nodes.stream()
        .flatMap(node -> node.ops().stream().map(OpMeasurement::op))
        .distinct()
        .forEach(op -> table.row(row(op, nodes, node -> instructions(node, op))));
    return table
        .row(row("all ops", nodes, node -> Numerals.grouped(node.opInstructions())))
        .row(row("interrupts", nodes, node -> Numerals.grouped(node.interruptInstructions())))
        .row(row("link", nodes, node -> Numerals.grouped(node.linkInstructions())))
        .row(row("main loop", nodes, node -> Numerals.grouped(node.loopInstructions())))
        .row(row("bytes received", nodes, node -> Numerals.grouped(node.receivedBytes())))
        .row(row("both per byte", nodes, BenchTokenCommand::perByte));
  }

  private static List<String> row(
      String title, List<NodeMeasurement> nodes, Function<NodeMeasurement, String> cell) {
    List<String> cells = new ArrayList<>(List.of(title));
    nodes.stream().map(cell).forEach(cells::add);
    return cells;
  }

  private static String instructions(NodeMeasurement node, String op) {
    Stream<OpMeasurement> ofOp = node.ops().stream().filter(m -> m.op().equals(op));
    return ofOp.map(m -> Numerals.grouped(m.instructions())).findFirst().orElse("");
  }

  private static String perByte(NodeMeasurement node) {
    return String.format(Locale.ROOT, "%.1f", node.instructionsPerReceivedByte());
  }
}
