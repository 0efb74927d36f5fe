package dunlin.host.report;

import dunlin.host.reproduce.Deviation;
import dunlin.host.reproduce.Figure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A paper's figures beside Dunlin's, as one page of HTML. */
public final class PaperPage {
  private static final String TITLE = "Distributed inference with minimal off-chip traffic";

  /** Fewer numbers of chips make no curve. */
  private static final int CURVE = 3;

  /** The column of tables that says how a figure is counted. */
  private static final int COUNTED = 1;

  private final List<Figure> figures;
  private final Markup page;

  private PaperPage(List<Figure> figures, Markup page) {
    this.figures = figures;
    this.page = page;
  }

  /**
   * The text of the page. The same figures give the same page.
   *
   * @param command the command line that the page is made with, word by word
   */
  public static String of(List<Figure> figures, List<String> command) {
    return WebPage.of(TITLE, page -> new PaperPage(figures, page).write(command));
  }

  private void write(List<String> command) {
    page.open("main");
    head();
    comparison();
    deviations();
    subjects().forEach(this::curves);
    new Section(page, "All figures").end(table("figures", figures));
    Section section = new Section(page, "Made with");
    page.leaf("code", "dunlin " + String.join(" ", command));
    section.end();
    page.close();
  }

  private void head() {
    page.open("header").leaf("h1", TITLE);
    page.leaf(
        "p",
        "arXiv 2412.04372: the paper's figures, and those of Dunlin's flocks.",
        "class",
        "lead");
    page.open("dl", "class", "tiles");
    figures.stream().filter(PaperPage::isHeadline).forEach(this::tile);
    page.close();
    page.leaf(
        "p",
        "All times are virtual, on a model of the paper's chip. P counts as the paper does: weights"
            + " that are fetched while cores compute take energy and no time, cores that wait take"
            + " no energy. H counts all.",
        "class",
        "note");
    page.close();
  }

  private static boolean isHeadline(Figure figure) {
    return figure.paper() != null
        && figure.chips() > 1
        && figure.schedule() != null
        && figure.figure().contains("autoregressive")
        && figure.quantity().equals("speed-up");
  }

  private void tile(Figure figure) {
    page.open("div");
    page.leaf(
        "dt",
        "%d chips, %s; the paper's %s"
            .formatted(figure.chips(), figure.schedule(), Units.digits(figure.paper())));
    page.open("dd").leaf("b", Units.digits(figure.dunlin()));
    page.text(" × one chip").close().close();
  }

  private void comparison() {
    Section section =
        new Section(page, "Against the paper")
            .note(
                "Counted as P. Published: the paper has it, and constants of the chip's data were"
                    + " derived from it. Derived: it follows from what the paper publishes. Fitted:"
                    + " a constant was fitted on it. Predicted: nothing depends on it.");
    comparison(figures.stream().filter(figure -> figure.paper() != null).toList()).drawInFull(page);
    section.end();
  }

  /** Figures that differ for one reason stand above it. */
  private void deviations() {
    Map<Deviation, Map<String, List<String>>> reasons = new EnumMap<>(Deviation.class);
    for (Figure figure : figures) {
      Deviation.of(figure)
          .ifPresent(
              why ->
                  reasons
                      .computeIfAbsent(why, none -> new LinkedHashMap<>())
                      .computeIfAbsent(flock(figure), none -> new ArrayList<>())
                      .add(difference(figure)));
    }
    Section section = new Section(page, "Where they differ, and why");
    page.open("dl", "class", "reasons");
    reasons.forEach(this::reason);
    page.close();
    section.end();
  }

  private void reason(Deviation why, Map<String, List<String>> flocks) {
    flocks.forEach(
        (flock, differences) -> {
          page.leaf("dt", flock);
          page.leaf("dd", String.join("; ", differences));
        });
    page.leaf("dd", why.why(), "class", "why");
  }

  private static String flock(Figure figure) {
    return "%s, %d chips, %s".formatted(figure.subject(), figure.chips(), figure.schedule());
  }

  private static String difference(Figure figure) {
    return "%s: %s, the paper's %s (× %s)"
        .formatted(
            figure.quantity(),
            Units.significant(figure.dunlin()),
            Units.significant(figure.paper()),
            Units.significant(figure.ratio()));
  }

  /** Models and modes of which there are curves. */
  private List<String> subjects() {
    return figures.stream()
        .collect(
            Collectors.groupingBy(
                Figure::subject,
                LinkedHashMap::new,
                Collectors.mapping(Figure::chips, Collectors.toSet())))
        .entrySet()
        .stream()
        .filter(subject -> subject.getValue().size() >= CURVE)
        .map(Map.Entry::getKey)
        .toList();
  }

  private void curves(String subject) {
    List<Figure> those = figures.stream().filter(f -> f.subject().equals(subject)).toList();
    FigureCurves curves = new FigureCurves(those);
    Section section = new Section(page, subject).legend(curves.colours());
    page.open("div", "class", "curves pairs");
    curves.draw(page);
    page.close();
    section.end(table(subject, those));
  }

  /** All of it. */
  private static DataTable table(String name, List<Figure> figures) {
    return new DataTable(
        name,
        List.of(
            "figure",
            "counted",
            "chips",
            "paper",
            "Dunlin",
            "ratio",
            "basis",
            "schedule",
            "root share"),
        figures.stream().map(PaperPage::row).toList());
  }

  /** What the paper has. */
  private static DataTable comparison(List<Figure> figures) {
    DataTable whole = table("comparison", figures);
    return new DataTable(
        whole.name(),
        without(COUNTED, whole.head()),
        whole.rows().stream().map(row -> without(COUNTED, row)).toList());
  }

  private static <T> List<T> without(int column, List<T> row) {
    List<T> others = new ArrayList<>(row);
    others.remove(column);
    return others;
  }

  private static List<Object> row(Figure figure) {
    return List.of(
        figure.figure(),
        figure.accounting(),
        figure.chips(),
        figure.paper() == null ? "" : figure.paper(),
        figure.dunlin(),
        figure.ratio() == null ? "" : figure.ratio(),
        figure.basis(),
        figure.schedule() == null ? "" : figure.schedule(),
        figure.rootShare());
  }
}
