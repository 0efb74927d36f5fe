package dunlin.host.cli;

import dunlin.host.compile.Layout;
import dunlin.host.flock.ImportedModel;
import dunlin.host.plan.Plan;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a flock would hold, need and send, before anything is built. */
@Command(
    name = "plan",
    description = "Shows what each board would hold, and whether it fits.",
    footer = "Example: dunlin plan --model stories260K --nodes 4 --board stm32f405")
final class PlanCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Mixin private ModelOptions model;
  @Mixin private FlockOptions flock;

  @Option(names = "--listing", description = "Show each node's program, an op a line.")
  private boolean listing;

  @Mixin private JsonOption json;

  @Override
  public void run() {
    json.check();
    ImportedModel source = model.read();
    Plan plan =
        Built.plan(
            source, model.calibration(), flock.boards(model.flock()), flock.options(model.flock()));
    Layout layout = new Layout(plan);
    PlanReport report = PlanReport.of(source.name(), plan, layout, listing);
    json.write(report);
    if (json.textIsWanted()) {
      PrintWriter out = spec.commandLine().getOut();
      new PlanText(plan, report, out).print();
    }
    layout.requireFit();
  }
}
