package dunlin.host.report;

import dunlin.host.report.Section.Colour;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A line chart over numbers of nodes, which are drawn at the same distance for each doubling.
 *
 * @param title what is drawn, for people
 * @param unit of the values; may be empty
 * @param series at least one
 * @param ideal whether to draw the line on which values grow as nodes do, from the first point on
 */
record Curve(String title, String unit, List<Series> series, boolean ideal) {
  private static final int WIDTH = 460;
  private static final int HEIGHT = 280;
  private static final int LEFT = 48;
  private static final int RIGHT = 20;
  private static final int TOP = 16;
  private static final int BOTTOM = 40;
  private static final int STEPS = 4;

  /** A scale has a length even where all values are 0. */
  private static final double LEAST = 1e-6;

  /**
   * A value.
   *
   * @param nodes of the flock
   * @param value not negative
   * @param planned whether it is the plan's own
   */
  record Point(int nodes, double value, boolean planned) {}

  /**
   * Values that belong together.
   *
   * @param name for people
   * @param colour its meaning is told by a legend
   * @param line whether a line goes through the points
   * @param points the fewest nodes first; at least one
   */
  record Series(String name, Colour colour, boolean line, List<Point> points) {}

  void draw(Markup page) {
    page.open("figure").leaf("figcaption", title + (unit.isEmpty() ? "" : ", " + unit));
    page.open(
        "svg", "viewBox", "0 0 %d %d".formatted(WIDTH, HEIGHT), "class", "curve", "role", "img");
    page.leaf("title", title + ": " + words());
    axes(page);
    if (ideal) {
      page.open("path", "class", "ideal", "d", idealPath());
      page.leaf("title", "as many times as there are nodes").close();
    }
    series.forEach(values -> draw(page, values));
    page.close().close();
  }

  private void draw(Markup page, Series values) {
    if (values.line()) {
      page.empty("path", "class", "curve-line " + values.colour(), "d", path(values.points()));
    }
    values.points().forEach(point -> point(page, values, point));
  }

  private String words() {
    return series.stream()
        .map(values -> name(values) + words(values.points()))
        .collect(Collectors.joining("; "));
  }

  private static String words(List<Point> points) {
    return points.stream()
        .map(point -> Units.digits(point.value()) + " on " + point.nodes())
        .collect(Collectors.joining(", "));
  }

  /** Nothing where there is no other. */
  private String name(Series values) {
    return series.size() == 1 ? "" : values.name() + ", ";
  }

  private Stream<Point> points() {
    return series.stream().flatMap(values -> values.points().stream());
  }

  /** All numbers of nodes, in order. */
  private List<Integer> counts() {
    return points().map(Point::nodes).distinct().sorted().toList();
  }

  private void axes(Markup page) {
    double step = step();
    for (int i = 0; i * step < top() + step / 2; i++) {
      double y = y(i * step);
      page.empty("line", "class", "grid", "x1", LEFT, "x2", WIDTH - RIGHT, "y1", y, "y2", y);
      String tick = Units.coordinate(i * step);
      page.leaf("text", tick, "x", LEFT - 6, "y", y + 4, "text-anchor", "end", "class", "tick");
    }
    for (int nodes : counts()) {
      page.leaf(
          "text",
          String.valueOf(nodes),
          "x",
          x(nodes),
          "y",
          HEIGHT - BOTTOM + 17,
          "text-anchor",
          "middle",
          "class",
          "tick");
    }
    page.leaf(
        "text",
        "nodes",
        "x",
        (LEFT + WIDTH - RIGHT) / 2,
        "y",
        HEIGHT - 5,
        "text-anchor",
        "middle",
        "class",
        "tick");
  }

  private void point(Markup page, Series values, Point point) {
    page.open(
        "circle",
        "cx",
        x(point.nodes()),
        "cy",
        y(point.value()),
        "r",
        point.planned() ? 6 : values.line() ? 3.5 : 5,
        "class",
        point.planned() ? "planned" : values.colour().toString());
    page.leaf(
            "title",
            "%s%d nodes: %s%s"
                .formatted(
                    name(values),
                    point.nodes(),
                    Units.digits(point.value()),
                    unit.isEmpty() ? "" : " " + unit))
        .close();
  }

  private String path(List<Point> along) {
    StringBuilder path = new StringBuilder();
    for (Point point : along) {
      path.append(path.isEmpty() ? 'M' : 'L')
          .append(Units.coordinate(x(point.nodes())))
          .append(' ')
          .append(Units.coordinate(y(point.value())));
    }
    return path.toString();
  }

  /** Straight in proportion is bent in a scale of doublings; it ends where the chart does. */
  private String idealPath() {
    Point first = series.get(0).points().get(0);
    int last = last();
    List<Point> line = new ArrayList<>();
    for (int nodes = first.nodes(); nodes <= last; nodes++) {
      double value = first.value() * nodes / first.nodes();
      if (value <= top()) {
        line.add(new Point(nodes, value, false));
      }
    }
    return path(line);
  }

  private int last() {
    return counts().get(counts().size() - 1);
  }

  private double most() {
    return Math.max(LEAST, points().mapToDouble(Point::value).max().orElseThrow());
  }

  private double step() {
    return Ticks.step(most(), STEPS);
  }

  /** Where the scale ends. */
  private double top() {
    return Ticks.end(most(), step());
  }

  private double y(double value) {
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top();
  }

  private double x(int nodes) {
    double first = Math.log(counts().get(0));
    double last = Math.log(last());
    double share = last == first ? 0.5 : (Math.log(nodes) - first) / (last - first);
    return LEFT + 16 + (WIDTH - LEFT - RIGHT - 32) * share;
  }
}
