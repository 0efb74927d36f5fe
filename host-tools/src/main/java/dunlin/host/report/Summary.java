package dunlin.host.report;

import dunlin.boards.BoardType;
import dunlin.host.forecast.PassForecast;
import dunlin.host.plan.Member;
import dunlin.host.plan.Plan;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the page begins with: model, boards, and what a token takes. */
final class Summary {
  private final FlockReport report;
  private final Plan plan;

  Summary(FlockReport report) {
    this.report = report;
    plan = report.plan();
  }

  /** Of the page. */
  String title() {
    return report.model()
        + " on "
        + plan.members().stream()
            .map(member -> member.board().name())
            .collect(Collectors.groupingBy(n -> n, LinkedHashMap::new, Collectors.counting()))
            .entrySet()
            .stream()
            .map(type -> type.getValue() + " × " + type.getKey())
            .collect(Collectors.joining(", "));
  }

  void draw(Markup page) {
    page.open("header").leaf("h1", title()).leaf("p", choices(), "class", "lead");
    report
        .layout()
        .refusal()
        .ifPresent(no -> page.leaf("p", "It does not fit: " + no.getMessage(), "class", "warning"));
    report.pass().ifPresent(pass -> tiles(page, pass));
    page.leaf("p", report.pass().isPresent() ? measured() : unknown(), "class", "note");
    page.close();
  }

  private String choices() {
    return String.format(
        Locale.ROOT,
        "%s%s, %s weights.",
        plan.members().size() == 1 ? "" : (plan.stages() == 1 ? "A " : "") + plan.wires() + ". ",
        passes(),
        plan.members().get(0).weights().name().toLowerCase(Locale.ROOT));
  }

  private String passes() {
    return report.unit().equals("token")
        ? String.format(
            Locale.ROOT, "Context of %,d tokens, chunks of %d", plan.context(), plan.chunk())
        : String.format(Locale.ROOT, "Sequences of %,d tokens", plan.context());
  }

  private void tiles(Markup page, PassForecast pass) {
    page.open("dl", "class", "tiles");
    tile(page, report.one() + " takes", Units.digits(pass.nanos() / 1e6), "ms");
    tile(page, "that is", Units.digits(1e9 / pass.nanos()), report.unit() + "s/s");
    tile(page, "and costs", Units.digits(pass.microjoules() / 1e3), "mJ");
    tile(
        page,
        "on the wires, at most",
        String.format(Locale.ROOT, "%,d", pass.wireBytes()),
        "bytes");
    page.close();
  }

  private static void tile(Markup page, String what, String number, String unit) {
    page.open("div").leaf("dt", what);
    page.open("dd").leaf("b", number).text(" " + unit).close().close();
  }

  private String measured() {
    String what =
        report.unit().equals("token")
            ? String.format(
                Locale.ROOT,
                "Token %,d of %,d, picked greedily",
                plan.context() / 2,
                plan.context())
            : "An input";
    return what
        + ", in virtual time: from the host's request to the result. The host's own work and energy"
        + " are left out. Cycles and power are estimates: no board has been measured yet.";
  }

  private String unknown() {
    String boards =
        plan.members().stream()
            .map(Member::board)
            .filter(board -> board.performance() == null)
            .map(BoardType::name)
            .distinct()
            .collect(Collectors.joining(", "));
    return boards.isEmpty()
        ? "No times and no energy: they are known of plans that fit, with a context of 2 or more and"
            + " weights in the layout that suits the boards."
        : "No times and no energy: of "
            + boards
            + " it is not known how fast it is; its board file has no [performance] section.";
  }
}
