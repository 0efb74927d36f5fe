package dunlin.host.cli;

import dunlin.host.sweep.Journal;
import dunlin.host.sweep.Sweep;
import dunlin.host.sweep.SweepCsv;
import dunlin.host.sweep.SweepPoint;
import dunlin.host.sweep.SweepRow;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Many plans, for comparison. */
@Command(
    name = "sweep",
    description = "Plans many flocks into a CSV file; goes on where it was stopped.",
    footer = "Examples: dunlin sweep | dunlin sweep --shape stories15M --nodes 8..64,auto")
final class SweepCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Mixin private SweepOptions axes;

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = CountConverter.class,
      description = "Flocks at a time; by default one for each core.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      defaultValue = "sweep.csv",
      description = "The file; sweep.csv by default.")
  private Path output;

  @Mixin private JsonOption json;

  @Override
  public void run() {
    json.check();
    WholeFile.check(output);
    Collection<SweepPoint> points = axes.grid().points();
    List<SweepRow> rows;
    try (Journal journal = Journal.open(output, points)) {
      tell(journal, points.size());
      rows = Sweep.run(points, journal, threads, new ProgressBars());
    }
    WholeFile.write(output, SweepCsv.file(rows));
    json.write(rows);
    if (json.textIsWanted()) {
      SweepText.print(rows, spec.commandLine().getOut());
      spec.commandLine().getOut().println(output);
    }
  }

  /** What is there already. */
  private void tell(Journal journal, int all) {
    PrintWriter err = spec.commandLine().getErr();
    if (!journal.rows().isEmpty()) {
      err.printf("dunlin: %s: %d of %d flocks are there%n", output, journal.rows().size(), all);
    }
    if (journal.wasTorn()) {
      err.printf("dunlin: %s: a line without an end was dropped%n", output);
    }
  }
}
