package dunlin.host.cli;

import dunlin.host.compile.Layout;
import dunlin.host.plan.Plan;
import dunlin.host.wiring.Cable;
import dunlin.host.wiring.Cables;
import dunlin.host.wiring.WiringPicture;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
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

  @Mixin private PlanningOptions planning;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      converter = TopKConverter.class,
      description = "Count the bytes of draws among the K likeliest.")
  private int topK;

  @Option(names = "--listing", description = "Show each node's program, an op a line.")
  private boolean listing;

  @Option(
      names = "--wiring",
      paramLabel = "FILE.svg",
      arity = "0..1",
      fallbackValue = "",
      description = "Show the wires pin to pin; to FILE.svg as a picture.")
  private String wiring;

  @Mixin private JsonOption json;

  @Override
  public void run() {
    json.check();
    if (wiresGoToAFile()) {
      WholeFile.check(Path.of(wiring));
    }
    PlanningOptions.Found found = planning.find();
    Plan plan = found.plan();
    List<Cable> cables = wiring == null ? List.of() : Cables.of(plan);
    Layout layout = new Layout(plan);
    SearchReport search =
        found.search().map(outcome -> SearchReport.of(planning.objective(), outcome)).orElse(null);
    PlanReport report =
        PlanReport.of(found.model(), plan, layout, topK, listing, new ProgressBars())
            .with(cables)
            .with(search);
    if (wiresGoToAFile()) {
      String picture = WiringPicture.of(plan, cables);
      WholeFile.write(Path.of(wiring), picture.getBytes(StandardCharsets.UTF_8));
    }
    json.write(report);
    if (json.textIsWanted()) {
      PrintWriter out = spec.commandLine().getOut();
      if (search != null) {
        new SearchText(search, plan.model().unit()).print(out);
      }
      new PlanText(plan, report, out).print();
      wires(cables, out);
    }
    layout.requireFit();
  }

  private boolean wiresGoToAFile() {
    return wiring != null && !wiring.isEmpty();
  }

  private void wires(List<Cable> cables, PrintWriter out) {
    if (!cables.isEmpty() && !wiresGoToAFile()) {
      out.println();
      WiringText.print(cables, out);
    }
  }
}
