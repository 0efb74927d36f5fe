package dunlin.host.report;

import dunlin.host.forecast.PassForecast;
import dunlin.host.report.Scaling.Point;
import dunlin.host.report.Section.Colour;
import dunlin.host.search.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A report of a plan as one page of HTML. */
public final class ReportPage {
  private final FlockReport report;
  private final Markup page;

  private ReportPage(FlockReport report, Markup page) {
    this.report = report;
    this.page = page;
  }

  /** The text of the page. The same report gives the same page. */
  public static String of(FlockReport report) {
    Summary summary = new Summary(report);
    return WebPage.of(summary.title(), page -> new ReportPage(report, page).write(summary));
  }

  private void write(Summary summary) {
    page.open("main");
    summary.draw(page);
    flock();
    memory();
    report.pass().ifPresent(this::timeline);
    report.scaling().ifPresent(this::scaling);
    report.search().ifPresent(this::search);
    madeWith();
    page.close().verbatim("script", WebPage.resource("report.js"));
  }

  private void flock() {
    List<LinkLoad> links = LinkLoad.of(report.plan(), report.layout(), report.pass());
    FlockGraph graph = new FlockGraph(report.plan(), links, report.pass());
    Section section = new Section(page, "The flock");
    String bytes =
        "with the bytes of "
            + report.one()
            + ", both ways"
            + (report.unit().equals("token") ? ", the mean over the vocabulary" : "");
    if (report.pass().isPresent()) {
      section
          .note(
              "Nodes with what keeps them busy during "
                  + report.one()
                  + "; links "
                  + bytes
                  + ", and the share of the time in which they carry them.")
          .legend(Colour.COMPUTE, Colour.LINK, Colour.WAIT);
    } else {
      section.note("Nodes, and links " + bytes + ".");
    }
    graph.draw(page);
    section.end(graph.nodeTable(), graph.linkTable());
  }

  private void memory() {
    MemoryBars memory = new MemoryBars(report.layout().footprints());
    Section section =
        new Section(page, "Memory")
            .note(
                "What an image takes of the flash, and its buffers of the RAM, that the firmware"
                    + " leaves. Nodes that look alike share a picture, that of the fullest; the"
                    + " table has each.")
            .legend(
                Colour.WEIGHTS,
                Colour.TABLES,
                Colour.PROGRAM,
                Colour.CACHE,
                Colour.BUFFERS,
                Colour.FREE);
    memory.draw(page);
    section.end(memory.table());
  }

  private void timeline(PassForecast pass) {
    Gantt gantt = new Gantt(pass, report.layout().workloads(), report.one());
    Section section =
        new Section(page, Units.capitalised(report.one()) + ", node by node")
            .note(
                "Milliseconds since the host began to ask. What follows within "
                    + Units.millis(gantt.resolution())
                    + " is drawn as one bar, as high as the part of its time in which the node is"
                    + " busy.");
    page.open("div", "class", "controls");
    boolean fetches = pass.nodes().stream().anyMatch(node -> node.offChipNanos() > 0);
    if (fetches) {
      section.legend(Colour.COMPUTE, Colour.FETCH, Colour.LINK, Colour.WAIT);
    } else {
      section.legend(Colour.COMPUTE, Colour.LINK, Colour.WAIT);
    }
    page.open("label", "class", "zoom", "hidden", "hidden").text("Zoom ");
    page.empty("input", "type", "range", "id", "zoom", "max", 6, "step", 0.25, "value", 0);
    page.close().close();
    gantt.draw(page);
    page.leaf("p", "\u00a0", "class", "note told", "aria-live", "polite");
    section.end(gantt.table());
  }

  private void scaling(Scaling scaling) {
    int fewest = scaling.smallest().nodes();
    Section section =
        new Section(page, "More boards, fewer boards")
            .note(
                "The same model and wiring on other numbers of boards like node 0's, in equal"
                    + " parts; the circle marks this plan"
                    + (scaling.isApart() ? ", which is in other parts. " : ". ")
                    + "Speed-up is against "
                    + (fewest == 1 ? "one board" : fewest + " boards")
                    + "; the dashed line grows as the boards do.");
    page.open("div", "class", "curves");
    curve("Speed-up", "", scaling, scaling::speedUp, true);
    curve("Energy of " + report.one(), "mJ", scaling, point -> point.microjoules() / 1e3, false);
    page.close();
    if (!scaling.misfits().isEmpty()) {
      page.open("ul", "class", "note");
      scaling.misfits().forEach(no -> page.leaf("li", "Not on " + no.nodes() + ": " + no.why()));
      page.close();
    }
    section.end(scaling.table(report.one(), report.unit()));
  }

  private void curve(
      String title, String unit, Scaling scaling, ToDoubleFunction<Point> value, boolean ideal) {
    List<Curve.Series> series = new ArrayList<>();
    if (!scaling.points().isEmpty()) {
      series.add(series("in equal parts", true, scaling.points(), scaling.plan(), value));
    }
    if (scaling.isApart()) {
      series.add(series("this plan", false, List.of(scaling.plan()), scaling.plan(), value));
    }
    new Curve(title, unit, series, ideal).draw(page);
  }

  private static Curve.Series series(
      String name, boolean line, List<Point> points, Point plan, ToDoubleFunction<Point> value) {
    return new Curve.Series(
        name,
        Colour.COMPUTE,
        line,
        points.stream()
            .map(p -> new Curve.Point(p.nodes(), value.applyAsDouble(p), p.equals(plan)))
            .toList());
  }

  private void search(Outcome found) {
    List<List<Object>> rows = new ArrayList<>();
    for (Outcome.Tried tried : found.tried()) {
      double millis = tried.score().nanos() / 1e6;
      double millijoules = tried.score().microjoules() / 1e3;
      rows.add(List.of(found.options(tried.flock()), millis, millijoules, "rehearsed"));
    }
    found
        .rejected()
        .forEach(no -> rows.add(List.of(found.options(no.flock()), "–", "–", no.why())));
    new Section(page, "How it was found")
        .note(
            "%d flocks were rehearsed, %d others did not look as good, %d cannot be built."
                .formatted(found.tried().size(), found.passedOver(), found.rejected().size()))
        .end(
            new DataTable(
                "search",
                List.of("flock", "ms " + report.one(), "mJ " + report.one(), "remark"),
                rows));
  }

  private void madeWith() {
    Section section = new Section(page, "Made with");
    page.open("dl", "class", "made");
    made("command", "dunlin " + String.join(" ", report.command()));
    made("model hash", "%016x".formatted(report.plan().model().hash()));
    made("plan hash", "%016x".formatted(report.plan().hash()));
    page.close();
    section.end();
  }

  private void made(String what, String code) {
    page.leaf("dt", what).open("dd").leaf("code", code).close();
  }
}
