package dunlin.host.report;

import dunlin.boards.BoardType;
import dunlin.host.forecast.PassForecast;
import dunlin.host.plan.Member;
import dunlin.host.plan.Plan;
import dunlin.host.report.Scaling.Point;
import dunlin.host.search.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * A report as one page of HTML that needs nothing beside it: no network, no font, no file. It says
 * so to the browser, too, in its content security policy.
 */
public final class ReportPage {
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

  private final FlockReport report;
  private final Plan plan;
  private final Markup page = new Markup();

  private ReportPage(FlockReport report) {
    this.report = report;
    plan = report.plan();
  }

  /** The text of the page. The same report gives the same page. */
  public static String of(FlockReport report) {
    return new ReportPage(report).write();
  }

  private String write() {
    String title = "%s on %s".formatted(plan.model().name(), boards());
    page.doctype().open("html", "lang", "en").open("head");
    page.empty("meta", "charset", "utf-8");
    page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
    page.leaf("title", title).verbatim("style", resource("report.css")).close();
    page.open("body").open("main");
    head(title);
    flock();
    memory();
    report.pass().ifPresent(this::timeline);
    report.scaling().ifPresent(this::scaling);
    report.search().ifPresent(this::search);
    madeWith();
    page.close().verbatim("script", resource("report.js")).close().close();
    return page.toString();
  }

  private String boards() {
    return plan.members().stream()
        .collect(
            Collectors.groupingBy(
                member -> member.board().name(), LinkedHashMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .map(type -> type.getValue() + " × " + type.getKey())
        .collect(Collectors.joining(", "));
  }

  private void head(String title) {
    page.open("header").leaf("h1", title);
    page.open("p", "class", "lead");
    if (plan.members().size() > 1) {
      page.text("A %s of %s links. ".formatted(plan.topology(), plan.link()));
    }
    page.text(
            "Context of %,d tokens, chunks of %d, %s weights."
                .formatted(
                    plan.context(),
                    plan.chunk(),
                    plan.members().get(0).weights().name().toLowerCase(Locale.ROOT)))
        .close();
    report
        .layout()
        .refusal()
        .ifPresent(no -> page.leaf("p", "It does not fit: " + no.getMessage(), "class", "warning"));
    report.pass().ifPresentOrElse(this::tiles, this::noTiles);
    page.close();
  }

  private void tiles(PassForecast pass) {
    page.open("dl", "class", "tiles");
    tile("a token takes", Units.digits(pass.nanos() / 1e6), "ms");
    tile("that is", Units.digits(1e9 / pass.nanos()), "tokens/s");
    tile("and costs", Units.digits(pass.microjoules() / 1e3), "mJ");
    tile("on the wires", String.format(Locale.ROOT, "%,d", pass.wireBytes()), "bytes");
    page.close();
    page.leaf(
        "p",
        "Token %,d of %,d, picked greedily, in virtual time: from the host's request to the result. The host's own work and energy are left out."
            .formatted(plan.context() / 2, plan.context()),
        "class",
        "note");
  }

  private void tile(String what, String number, String unit) {
    page.open("div").leaf("dt", what);
    page.open("dd").leaf("b", number).text(" " + unit).close().close();
  }

  private void noTiles() {
    String unknown =
        plan.members().stream()
            .map(Member::board)
            .filter(board -> board.performance() == null)
            .map(BoardType::name)
            .distinct()
            .collect(Collectors.joining(", "));
    page.leaf(
        "p",
        unknown.isEmpty()
            ? "What a token takes is known of plans that fit, with a context of 2 or more."
            : "How fast "
                + unknown
                + " is, is not known: its board file has no [performance] section. So this page has no times and no energy.",
        "class",
        "note");
  }

  private void flock() {
    FlockGraph graph =
        new FlockGraph(plan, LinkLoad.of(plan, report.layout(), report.pass()), report.pass());
    section("The flock");
    page.leaf(
        "p",
        "Nodes with what keeps them busy during a token; links with the bytes of a token, both ways, the mean over the vocabulary"
            + (report.pass().isPresent()
                ? ", and the share of the time in which they carry them."
                : "."),
        "class",
        "note");
    if (report.pass().isPresent()) {
      legend("compute", "computes", "link", "busy with bytes of links", "track", "waits");
    }
    graph.draw(page);
    if (report.pass().isPresent()) {
      graph.nodeTable().draw(page);
    }
    graph.linkTable().draw(page);
    page.close();
  }

  private void memory() {
    MemoryBars memory = new MemoryBars(report.layout().footprints());
    section("Memory");
    page.leaf(
        "p",
        "What an image takes of the flash, and its buffers of the RAM, that the firmware leaves. Neighbours that take the same share a picture.",
        "class",
        "note");
    legend(
        "weights",
        "weights",
        "tables",
        "tables",
        "program",
        "program",
        "cache",
        "KV cache",
        "buffers",
        "buffers",
        "track",
        "free");
    memory.draw(page);
    memory.table().draw(page);
    page.close();
  }

  private void timeline(PassForecast pass) {
    Gantt gantt = new Gantt(pass, report.layout().workloads());
    section("A token, node by node");
    page.leaf(
        "p",
        "Milliseconds since the host began to ask. What begins within %s of each other is drawn as one bar, as long as all of it together."
            .formatted(Units.millis(gantt.resolution())),
        "class",
        "note");
    page.open("div", "class", "controls");
    legend("compute", "computes", "link", "busy with bytes of links", "track", "waits");
    page.open("label", "class", "zoom", "hidden", "hidden").text("Zoom ");
    page.empty(
        "input", "type", "range", "id", "zoom", "min", "0", "max", "6", "step", "0.25", "value",
        "0");
    page.close().close();
    gantt.draw(page);
    page.leaf("p", "\u00a0", "class", "note told", "aria-live", "polite");
    gantt.table().draw(page);
    page.close();
  }

  private void scaling(Scaling scaling) {
    section("More boards, fewer boards");
    int fewest = scaling.points().get(0).nodes();
    page.leaf(
        "p",
        "The same model and wiring on other numbers of boards, in equal parts; the ring is this plan. Speed-up is against %s; the dashed line grows as the boards do."
            .formatted(fewest == 1 ? "one board" : fewest + " boards"),
        "class",
        "note");
    page.open("div", "class", "curves");
    new Curve("Speed-up", "", points(scaling, scaling::speedUp), true).draw(page);
    new Curve("Energy of a token", "mJ", points(scaling, point -> point.microjoules() / 1e3), false)
        .draw(page);
    page.close();
    if (!scaling.misfits().isEmpty()) {
      page.open("ul", "class", "note");
      scaling
          .misfits()
          .forEach(no -> page.leaf("li", "Not %d: %s.".formatted(no.nodes(), no.why())));
      page.close();
    }
    scaling.table().draw(page);
    page.close();
  }

  private static List<Curve.Point> points(Scaling scaling, ToDoubleFunction<Point> value) {
    return scaling.points().stream()
        .map(point -> new Curve.Point(point.nodes(), value.applyAsDouble(point), point.planned()))
        .toList();
  }

  private void search(Outcome found) {
    section("How it was found");
    page.leaf(
        "p",
        "%d flocks were rehearsed, %d others did not look as good, %d cannot be built."
            .formatted(found.tried().size(), found.passedOver(), found.rejected().size()),
        "class",
        "note");
    List<List<Object>> rows = new ArrayList<>();
    found
        .tried()
        .forEach(
            tried ->
                rows.add(
                    List.of(
                        tried.flock().options(),
                        tried.score().nanos() / 1e6,
                        tried.score().microjoules() / 1e3,
                        "rehearsed")));
    found.rejected().forEach(no -> rows.add(List.of(no.flock().options(), "–", "–", no.why())));
    new DataTable("search", List.of("flock", "ms a token", "mJ a token", "remark"), rows)
        .draw(page);
    page.close();
  }

  private void madeWith() {
    section("Made with");
    page.open("dl", "class", "made");
    page.leaf("dt", "command").open("dd");
    page.leaf("code", "dunlin " + String.join(" ", report.command())).close();
    made("model hash", "%016x".formatted(plan.model().hash()));
    made("plan hash", "%016x".formatted(plan.hash()));
    page.close().close();
  }

  private void made(String what, String hash) {
    page.leaf("dt", what).open("dd").leaf("code", hash).close();
  }

  private void section(String title) {
    page.open("section").leaf("h2", title);
  }

  /** Names of classes of the style sheet, and what their colours mean, in turn. */
  private void legend(String... entries) {
    page.open("ul", "class", "legend");
    for (int i = 0; i < entries.length; i += 2) {
      page.open("li").leaf("i", "", "class", "swatch " + entries[i]).text(entries[i + 1]).close();
    }
    page.close();
  }

  private static String resource(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
