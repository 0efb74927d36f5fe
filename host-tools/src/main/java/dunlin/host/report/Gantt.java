package dunlin.host.report;

import dunlin.host.compile.Workload;
import dunlin.host.forecast.NodeForecast;
import dunlin.host.forecast.PassForecast;
import dunlin.host.forecast.Span;
import dunlin.host.report.Section.Colour;
import dunlin.host.report.Timeline.Bar;
import dunlin.host.time.Phase;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A token's or an input's time on every node: a row each, with a bar for whatever keeps the node
 * busy.
 */
final class Gantt {
  /** Bars of all nodes together: enough to see, and a page that a phone can take. */
  private static final int MOST_BARS = 32_000;

  private static final int FINEST = 4_000;
  private static final int WIDTH = 100_000;
  private static final int AXIS = 22;
  private static final int MARKS = 12;

  /** In the coordinates of the bars, which are stretched to a row's height. */
  private static final int ROW_UNITS = 50;

  private static final int BAR_UNITS = 40;
  private static final int GAP_UNITS = (ROW_UNITS - BAR_UNITS) / 2;

  /** So that what hardly keeps a node busy is seen. */
  private static final double LOWEST = 0.1;

  private final PassForecast pass;
  private final List<Workload> work;
  private final String one;

  /**
   * A chart.
   *
   * @param work of each node
   * @param one what the pass is about: "a token" or "an input"
   */
  Gantt(PassForecast pass, List<Workload> work, String one) {
    this.pass = pass;
    this.work = work;
    this.one = one;
  }

  /** Nanoseconds that the picture does not tell apart. */
  long resolution() {
    return Math.max(1, pass.nanos() / Math.min(FINEST, MOST_BARS / pass.nodes().size()));
  }

  void draw(Markup page) {
    int row = pass.nodes().size() > 16 ? 15 : 24;
    int height = AXIS + row * pass.nodes().size();
    page.open("div", "class", "gantt");
    names(page, row, height);
    page.open("div", "class", "scroll", "tabindex", "0");
    page.open("svg", "class", "bars", "width", "100%", "height", height, "role", "img");
    page.leaf("title", "What each node does in the " + Units.millis(pass.nanos()) + " of " + one);
    axis(page, height);
    page.open(
        "svg",
        "y",
        AXIS,
        "width",
        "100%",
        "height",
        height - AXIS,
        "viewBox",
        "0 0 " + WIDTH + " " + ROW_UNITS * pass.nodes().size(),
        "preserveAspectRatio",
        "none");
    pass.nodes().forEach(node -> bars(page, node));
    page.close().close().close().close();
  }

  private void names(Markup page, int row, int height) {
    page.open("svg", "class", "names", "width", 56, "height", height, "aria-hidden", "true");
    for (NodeForecast node : pass.nodes()) {
      page.leaf(
          "text", "node " + node.rank(), "x", 0, "y", AXIS + row * node.rank() + row / 2.0 + 4);
    }
    page.close();
  }

  /** In percent of the width, so that texts stay as they are where the bars are stretched. */
  private void axis(Markup page, int height) {
    double whole = pass.nanos() / 1e6;
    double step = Ticks.step(whole, MARKS);
    for (int mark = 0; mark * step <= whole; mark++) {
      String x = Units.coordinate(100 * mark * step / whole) + "%";
      page.empty("line", "class", "grid", "x1", x, "x2", x, "y1", AXIS - 5, "y2", height);
      page.leaf(
          "text",
          Units.coordinate(mark * step),
          "x",
          x,
          "y",
          12,
          "text-anchor",
          mark == 0 ? "start" : "middle",
          "class",
          "tick");
    }
  }

  private void bars(Markup page, NodeForecast node) {
    int top = ROW_UNITS * node.rank();
    page.empty(
        "rect", "class", Colour.WAIT, "y", top + GAP_UNITS, "width", WIDTH, "height", BAR_UNITS);
    for (Phase phase : Phase.values()) {
      boolean moves = phase == Phase.LINK;
      List<Span> spans = node.spans().stream().filter(span -> span.phase() == phase).toList();
      page.open("g", "class", colour(phase));
      for (Bar bar : Timeline.bars(spans, resolution())) {
        double height = BAR_UNITS * Math.max(LOWEST, bar.share());
        bar(page, bar, moves ? top + GAP_UNITS : top + GAP_UNITS + BAR_UNITS - height, height);
        page.leaf("title", words(node.rank(), bar, phase)).close();
      }
      page.close();
    }
  }

  /** Computing stands on the ground, links hang from above: where both are, both are seen. */
  private void bar(Markup page, Bar bar, double top, double height) {
    double left = x(bar.from());
    double width = Math.max(1, x(bar.end()) - left);
    page.open(
        "path",
        "d",
        "M%s %sh%sv%sh-%sz"
            .formatted(
                Units.coordinate(left),
                Units.coordinate(top),
                Units.coordinate(width),
                Units.coordinate(height),
                Units.coordinate(width)));
  }

  private static Colour colour(Phase phase) {
    return switch (phase) {
      case COMPUTE -> Colour.COMPUTE;
      case OFF_CHIP -> Colour.FETCH;
      case LINK -> Colour.LINK;
    };
  }

  private String words(int rank, Bar bar, Phase phase) {
    boolean meanwhile = phase == Phase.LINK && bar.op() >= 0 && !work.get(rank).moves(bar.op());
    return name(rank, bar.op())
        + (meanwhile ? ", bytes meanwhile" : "")
        + (phase == Phase.OFF_CHIP ? ", its weights" : "")
        + ": "
        + Units.millis(bar.busy())
        + (bar.busy() < bar.end() - bar.from() ? " of " + Units.millis(bar.end() - bar.from()) : "")
        + " from "
        + Units.millis(bar.from());
  }

  private double x(long nanos) {
    return Math.rint((double) WIDTH * nanos / pass.nanos());
  }

  private String name(int rank, int op) {
    return op < 0 ? "between passes" : work.get(rank).name(op);
  }

  /** What each node spends on each kind of op, and on the bytes that come and go meanwhile. */
  DataTable table() {
    List<List<Object>> rows = new ArrayList<>();
    for (NodeForecast node : pass.nodes()) {
      Map<String, Map<Phase, Long>> ops = new LinkedHashMap<>();
      for (Span span : node.spans()) {
        ops.computeIfAbsent(name(node.rank(), span.op()), op -> new EnumMap<>(Phase.class))
            .merge(span.phase(), span.nanos(), Long::sum);
      }
      ops.forEach((op, spent) -> rows.add(row(node.rank(), op, spent)));
      rows.add(List.of(node.rank(), "waits", node.idleNanos() / 1e6, 0.0, 0.0));
    }
    return new DataTable(
        "timeline",
        List.of("node", "op", "ms", "ms for weights from off the chip", "ms for bytes of links"),
        rows);
  }

  private static List<Object> row(int rank, String op, Map<Phase, Long> spent) {
    return List.of(
        rank,
        op,
        spent.getOrDefault(Phase.COMPUTE, 0L) / 1e6,
        spent.getOrDefault(Phase.OFF_CHIP, 0L) / 1e6,
        spent.getOrDefault(Phase.LINK, 0L) / 1e6);
  }
}
