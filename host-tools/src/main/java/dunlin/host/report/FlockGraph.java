package dunlin.host.report;

import dunlin.host.forecast.NodeForecast;
import dunlin.host.forecast.PassForecast;
import dunlin.host.plan.Plan;
import dunlin.host.report.Section.Colour;
import dunlin.host.report.TreeLayout.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The nodes with what keeps them busy, and their links with what they carry. */
final class FlockGraph {
  private static final int MARGIN = 4;
  private static final int BOX_WIDTH = 136;
  private static final int BOX_HEIGHT = 34;
  private static final int COLUMN = BOX_WIDTH + 124;
  private static final int BESIDE = BOX_HEIGHT + 10;
  private static final int BELOW = BOX_HEIGHT + 26;
  private static final int HOST_WIDTH = 48;
  private static final Place HOST = new Place(MARGIN, MARGIN);
  private static final Place ROOT = new Place(MARGIN + HOST_WIDTH + 104, MARGIN);

  private final Plan plan;
  private final List<LinkLoad> links;
  private final Optional<PassForecast> pass;
  private final List<Place> places;

  /**
   * A graph.
   *
   * @param links by rank
   * @param pass where the boards' pace is known
   */
  FlockGraph(Plan plan, List<LinkLoad> links, Optional<PassForecast> pass) {
    this.plan = plan;
    this.links = links;
    this.pass = pass;
    places = TreeLayout.of(plan.wiring(), plan.members().size(), ROOT, COLUMN, BESIDE, BELOW);
  }

  void draw(Markup page) {
    int width = MARGIN + BOX_WIDTH + places.stream().mapToInt(Place::x).max().orElseThrow();
    int height = MARGIN + BOX_HEIGHT + places.stream().mapToInt(Place::y).max().orElseThrow();
    page.open("div", "class", "scroll tall", "tabindex", "0");
    page.open(
        "svg",
        "width",
        width,
        "height",
        height,
        "viewBox",
        "0 0 %d %d".formatted(width, height),
        "class",
        "flock",
        "role",
        "img");
    page.leaf("title", "The flock: %d nodes and their links".formatted(places.size()));
    links.forEach(link -> line(page, link));
    page.open("g", "class", "node");
    page.empty(
        "rect", "x", MARGIN, "y", MARGIN, "width", HOST_WIDTH, "height", BOX_HEIGHT, "rx", 5);
    page.leaf(
        "text", "host", "x", MARGIN + HOST_WIDTH / 2, "y", MARGIN + 21, "text-anchor", "middle");
    page.close();
    for (int rank = 0; rank < places.size(); rank++) {
      node(page, rank);
    }
    links.forEach(link -> label(page, link));
    page.close().close();
  }

  private void node(Markup page, int rank) {
    Place at = places.get(rank);
    Optional<NodeForecast> node = pass.map(whole -> whole.nodes().get(rank));
    page.open("g", "class", "node");
    page.leaf("title", title(rank, node));
    page.empty("rect", "x", at.x(), "y", at.y(), "width", BOX_WIDTH, "height", BOX_HEIGHT, "rx", 5);
    page.leaf("text", "node " + rank, "x", at.x() + 8, "y", at.y() + 15);
    node.ifPresent(
        known ->
            page.leaf(
                "text",
                Units.percent(share(known.computeNanos() + known.linkNanos())) + " busy",
                "x",
                at.x() + BOX_WIDTH - 8,
                "y",
                at.y() + 15,
                "text-anchor",
                "end",
                "class",
                "tick"));
    node.ifPresentOrElse(known -> load(page, at, known), () -> board(page, rank));
    page.close();
  }

  private String title(int rank, Optional<NodeForecast> node) {
    return "node "
        + rank
        + ", "
        + plan.members().get(rank).board().name()
        + node.map(
                known ->
                    ": computes %s, links %s, waits %s for weights and %s for others"
                        .formatted(
                            Units.millis(known.computeNanos()),
                            Units.millis(known.linkNanos()),
                            Units.millis(known.offChipNanos()),
                            Units.millis(known.idleNanos())))
            .orElse("");
  }

  private void board(Markup page, int rank) {
    Place at = places.get(rank);
    String name = plan.members().get(rank).board().name();
    page.leaf("text", name, "x", at.x() + 8, "y", at.y() + 28, "class", "tick");
  }

  private void load(Markup page, Place at, NodeForecast node) {
    double whole = BOX_WIDTH - 16;
    double compute = whole * share(node.computeNanos());
    double link = whole * share(node.linkNanos());
    int y = at.y() + 22;
    page.empty("rect", "class", Colour.WAIT, "x", at.x() + 8, "y", y, "width", whole, "height", 6);
    page.empty(
        "rect", "class", Colour.COMPUTE, "x", at.x() + 8, "y", y, "width", compute, "height", 6);
    page.empty(
        "rect",
        "class",
        Colour.LINK,
        "x",
        at.x() + 8 + compute,
        "y",
        y,
        "width",
        link,
        "height",
        6);
  }

  /** Of the token's time. */
  private double share(long nanos) {
    return (double) nanos / pass.orElseThrow().nanos();
  }

  private boolean isBelow(LinkLoad link) {
    return link.parent() >= 0 && places.get(link.parent()).x() == places.get(link.rank()).x();
  }

  private void line(Markup page, LinkLoad link) {
    Place to = places.get(link.rank());
    String path;
    if (isBelow(link)) {
      int x = to.x() + 24;
      path = "M%d %dV%d".formatted(x, places.get(link.parent()).y() + BOX_HEIGHT, to.y());
    } else {
      Place from = link.parent() < 0 ? HOST : places.get(link.parent());
      int x = from.x() + (link.parent() < 0 ? HOST_WIDTH : BOX_WIDTH);
      int y = from.y() + BOX_HEIGHT / 2;
      int bend = x + 14;
      int end = to.y() + BOX_HEIGHT / 2;
      path = "M%d %dH%dV%dH%d".formatted(x, y, bend, end, to.x());
    }
    double width = 1.5 + 6 * link.utilisation().orElse(0.0);
    page.open("path", "class", "wire", "d", path, "stroke-width", width);
    page.leaf(
            "title",
            "%s, %s: %s down, %s up"
                .formatted(
                    link.ends(), link.kind(), Units.bytes(link.down()), Units.bytes(link.up())))
        .close();
  }

  private void label(Markup page, LinkLoad link) {
    Place to = places.get(link.rank());
    String text =
        Units.bytes(link.bytes())
            + link.utilisation().map(share -> " · " + Units.percent(share)).orElse("");
    boolean below = isBelow(link);
    page.leaf(
        "text",
        text,
        "x",
        below ? to.x() + 36 : to.x() - 8,
        "y",
        below ? to.y() - 9 : to.y() + BOX_HEIGHT / 2 - 6,
        "text-anchor",
        below ? "start" : "end",
        "class",
        "tick");
  }

  /** What each link carries. */
  DataTable linkTable() {
    List<List<Object>> rows = new ArrayList<>();
    for (LinkLoad link : links) {
      List<Object> row =
          new ArrayList<>(
              List.of(link.ends(), link.kind(), link.down(), link.up(), link.nanos() / 1e6));
      link.utilisation().ifPresent(share -> row.add(100 * share));
      rows.add(row);
    }
    List<String> head =
        new ArrayList<>(List.of("link", "kind", "bytes down", "bytes up", "ms for them"));
    pass.ifPresent(known -> head.add("% of the time"));
    return new DataTable("links", head, rows);
  }

  /** What keeps each node busy; no rows where that is not known. */
  DataTable nodeTable() {
    List<List<Object>> rows = new ArrayList<>();
    for (NodeForecast node : pass.map(PassForecast::nodes).orElse(List.of())) {
      rows.add(
          List.of(
              node.rank(),
              plan.members().get(node.rank()).board().name(),
              node.computeNanos() / 1e6,
              node.linkNanos() / 1e6,
              node.offChipNanos() / 1e6,
              node.idleNanos() / 1e6,
              node.microjoules() / 1e3));
    }
    return new DataTable(
        "nodes",
        List.of(
            "node",
            "board",
            "ms computing",
            "ms on links",
            "ms waiting for weights",
            "ms waiting for others",
            "mJ"),
        rows);
  }
}
