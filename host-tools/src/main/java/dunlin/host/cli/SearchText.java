package dunlin.host.cli;

import dunlin.host.cli.SearchReport.Flock;
import dunlin.host.search.Outcome.Chunk;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How a plan was found, for people. */
final class SearchText {
  /** Flocks in the table; machines get all. */
  private static final int SHOWN = 10;

  private final SearchReport report;
  private final String unit;

  /**
   * For a report.
   *
   * @param unit what time is told for: "token" or "input"
   */
  SearchText(SearchReport report, String unit) {
    this.report = report;
    this.unit = unit;
  }

  void print(PrintWriter out) {
    flocks().print(out);
    out.printf(
        "The best of %d that were rehearsed for %s", report.tried().size(), report.objective());
    out.println(
        report.passedOver() == 0
            ? "."
            : "; " + report.passedOver() + " others did not look as good.");
    rejected(out);
    if (!report.chunks().isEmpty()) {
      out.println();
      chunks().print(out);
    }
    if (report.tried().get(0).flock().nodes() == 1) {
      out.println("One board is best.");
    }
    out.println(
        report.options().isEmpty() ? "It is best as it is." : "Choose it with " + report.options());
    out.println();
  }

  /** Boards have a column where there are several types. */
  private Table flocks() {
    boolean types =
        report.tried().stream().map(tried -> tried.flock().board()).distinct().count() > 1;
    List<String> head = new ArrayList<>();
    if (types) {
      head.add("boards");
    }
    head.addAll(List.of("nodes", "topology", "link", "stages", "root share", "schedule"));
    head.addAll(List.of("ms", unit + "s/s", "mJ"));
    Table table = new Table(types ? 1 : 0).row(head);
    for (SearchReport.Tried tried : report.tried().stream().limit(SHOWN).toList()) {
      Flock flock = tried.flock();
      boolean alone = flock.nodes() == 1;
      List<String> row = new ArrayList<>();
      if (types) {
        row.add(flock.board());
      }
      row.add(String.valueOf(flock.nodes()));
      row.add(alone ? "-" : flock.topology().toString());
      row.add(alone ? "-" : flock.link().toString());
      row.add(String.valueOf(flock.stages()));
      row.add(number("%.2f", flock.rootShare()));
      row.add(alone ? "-" : flock.schedule().toString());
      row.add(number("%,.2f", tried.nanoseconds() / 1e6));
      row.add(number("%,.1f", 1e9 / tried.nanoseconds()));
      row.add(number("%,.2f", tried.microjoules() / 1e3));
      table.row(row);
    }
    return table;
  }

  private void rejected(PrintWriter out) {
    String chosen = report.tried().get(0).flock().board();
    report.rejected().stream()
        .filter(no -> no.flock().board().equals(chosen))
        .limit(1)
        .forEach(
            no ->
                out.printf("Not %d × %s: %s%n", no.flock().nodes(), no.flock().board(), no.why()));
    if (report.rejected().size() > 1) {
      out.printf("%d more cannot be built; --json has each.%n", report.rejected().size() - 1);
    }
  }

  private Table chunks() {
    Table table = new Table(0).row("chunk", "RAM", "ms a token of a prompt", "mJ");
    for (Chunk chunk : report.chunks()) {
      table.row(
          String.valueOf(chunk.rows()),
          Numerals.grouped(chunk.ramBytes()),
          number("%,.2f", chunk.nanos() / 1e6),
          number("%,.2f", chunk.microjoules() / 1e3));
    }
    return table;
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
