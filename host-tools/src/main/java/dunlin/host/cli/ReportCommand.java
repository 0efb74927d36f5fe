package dunlin.host.cli;

import dunlin.host.compile.Layout;
import dunlin.host.forecast.PassForecast;
import dunlin.host.forecast.Rehearsal;
import dunlin.host.plan.Plan;
import dunlin.host.report.FlockReport;
import dunlin.host.report.ReportPage;
import dunlin.host.report.Scaling;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What plan tells, and more, as a page with pictures. */
@Command(
    name = "report",
    description = "Draws a plan: flock, memory, a token's time, other node counts.",
    footer = "Examples: dunlin report | dunlin report --nodes 8 --output eight.html")
final class ReportCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Mixin private PlanningOptions planning;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      defaultValue = "report.html",
      description = "The page; report.html by default.")
  private Path output;

  @Override
  public void run() {
    WholeFile.check(output);
    PlanningOptions.Found found = planning.find();
    Plan plan = found.plan();
    Layout layout = new Layout(plan);
    Optional<PassForecast> pass = Rehearsal.typical(plan, layout);
    Optional<Scaling> scaling =
        pass.map(known -> Scaling.of(plan, known, planning.most(), new ProgressBars()));
    String page =
        ReportPage.of(
            new FlockReport(found.model(), plan, layout, pass, scaling, found.search(), words()));
    WholeFile.write(output, page.getBytes(StandardCharsets.UTF_8));
    spec.commandLine().getOut().println(output);
    layout.requireFit();
  }

  /** The command line. */
  private List<String> words() {
    return spec.root().commandLine().getParseResult().originalArgs();
  }
}
