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
    description = "Shows what boards hold, and whether it fits; by default run's.",
    footer = "Examples: dunlin plan | dunlin plan --nodes 8 --topology ring --context 128")
final class PlanCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Mixin private ModelOptions model;
  @Mixin private FlockOptions flock;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      converter = TopKConverter.class,
      description = "Count the bytes of draws among the K likeliest.")
  private int topK;

  @Option(names = "--listing", description = "Show each node's program, an op a line.")
  private boolean listing;

  @Mixin private JsonOption json;

  @Override
  public void run() {
    json.check();
    ImportedModel source = model.read(flock.model());
    Plan plan =
        Built.plan(
            source, model.calibration(), flock.boards(model.flock()), flock.options(model.flock()));
    Layout layout = new Layout(plan);
    PlanReport report = PlanReport.of(source.name(), plan, layout, topK, listing);
    json.write(report);
    if (json.textIsWanted()) {
      PrintWriter out = spec.commandLine().getOut();
      new PlanText(plan, report, out).print();
    }
    layout.requireFit();
  }
}
