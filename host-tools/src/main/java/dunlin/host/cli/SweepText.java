package dunlin.host.cli;

import dunlin.host.sweep.SweepRow;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** A sweep for people. */
final class SweepText {
  private SweepText() {}

  static void print(List<SweepRow> rows, PrintWriter out) {
    Table table =
        new Table(3)
            .row("model", "board", "flock", "nodes", "ms", "tokens/s", "mJ", "mJ × ms", "fullest");
    rows.forEach(row -> table.row(cells(row)));
    table.print(out);
    rows.stream()
        .filter(row -> row.remark() != null && !Boolean.FALSE.equals(row.needs().fits()))
        .map(row -> row.key().asked() + " for " + row.key().model() + ": " + row.remark())
        .forEach(out::println);
  }

  private static List<String> cells(SweepRow row) {
    SweepRow.Token token = row.token();
    return List.of(
        row.key().model(),
        row.key().board(),
        flock(row.flock()),
        row.flock().nodes() == null ? "" : row.flock().nodes().toString(),
        number("%,.2f", token.milliseconds()),
        number("%,.1f", token.tokensPerSecond()),
        number("%,.2f", token.millijoules()),
        number("%,.1f", token.energyDelay()),
        fullest(row));
  }

  private static String flock(SweepRow.Flock flock) {
    if (flock.nodes() == null) {
      return "none";
    }
    if (flock.nodes() == 1) {
      return "alone";
    }
    return flock.topology()
        + ", "
        + flock.link()
        + (flock.stages() == 1 ? "" : ", " + flock.stages() + " stages")
        + (flock.rootShare() == 1 ? "" : ", root " + flock.rootShare());
  }

  /** More than all where there is too little. */
  private static String fullest(SweepRow row) {
    Long bytes = row.needs().memoryBytes();
    return bytes == null
        ? ""
        : "%.0f %% of %s".formatted(100.0 * bytes / row.needs().memoryRoom(), row.needs().memory());
  }

  private static String number(String format, Double value) {
    return value == null ? "" : String.format(Locale.ROOT, format, value);
  }
}
