package dunlin.host.cli;

import java.io.PrintWriter;
import java.util.Locale;

/** How a plan was found, for people. */
final class SearchText {
  private SearchText() {}

  static void print(SearchReport report, String board, PrintWriter out) {
    Table table =
        new Table(0)
            .row("nodes", "topology", "link", "stages", "root share", "ms", "tokens/s", "mJ");
    for (SearchReport.Flock flock : report.tried()) {
      boolean alone = flock.nodes() == 1;
      table.row(
          String.valueOf(flock.nodes()),
          alone ? "-" : flock.topology().toString(),
          alone ? "-" : flock.link().toString(),
          String.valueOf(flock.stages()),
          number("%.2f", flock.rootShare()),
          number("%,.2f", flock.nanoseconds() / 1e6),
          number("%,.1f", 1e9 / flock.nanoseconds()),
          number("%,.2f", flock.microjoules() / 1e3));
    }
    table.print(out);
    out.printf("Rehearsed for %s, the best first", report.objective());
    out.println(
        report.passedOver() == 0
            ? "."
            : "; " + report.passedOver() + " others did not look as good.");
    report.rejected().stream()
        .limit(1)
        .forEach(no -> out.printf("Not %d × %s: %s%n", no.flock().nodes(), board, no.why()));
    if (report.rejected().size() > 1) {
      out.printf("%d more cannot be built; --json has each.%n", report.rejected().size() - 1);
    }
    if (report.tried().get(0).nodes() == 1) {
      out.println("One board is best.");
    }
    out.println("Choose it with " + report.options());
    out.println();
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
