package dunlin.host.report;

import dunlin.host.compile.Footprint;
import dunlin.host.report.Section.Colour;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What each node's image takes of its flash, and its buffers of each region of RAM. Nodes that look
 * alike share a picture, that of the fullest; the table has each.
 */
final class MemoryBars {
  private static final int BAR = 16;
  private static final int ROW = 44;

  /**
   * A bar.
   *
   * @param memory flash, or a region's name
   * @param parts from the left
   * @param room what there is
   */
  record Bar(String memory, List<Part> parts, long room) {
    long bytes() {
      return parts.stream().mapToLong(Part::bytes).sum();
    }

    /** What the whole width stands for: more than there is where the bar does not fit. */
    long scale() {
      return Math.max(1, Math.max(room, bytes()));
    }
  }

  /** A part of a bar. */
  record Part(Colour colour, long bytes) {}

  /** What a node takes: a bar for each memory. */
  record Node(int rank, String board, List<Bar> bars) {
    private long bytes() {
      return bars.stream().mapToLong(Bar::bytes).sum();
    }

    /** What a picture of it can show: its board, and whole hundredths of each memory. */
    private List<Object> look() {
      List<Object> look = new ArrayList<>(List.of(board));
      for (Bar bar : bars) {
        bar.parts().forEach(part -> look.add(100 * part.bytes() / bar.scale()));
      }
      return look;
    }
  }

  private final List<Node> nodes;

  MemoryBars(List<Footprint> footprints) {
    nodes = footprints.stream().map(MemoryBars::node).toList();
  }

  private static Node node(Footprint node) {
    List<Bar> bars = new ArrayList<>();
    Footprint.Flash flash = node.flash();
    bars.add(
        new Bar(
            "flash",
            List.of(
                new Part(Colour.WEIGHTS, flash.weights()),
                new Part(Colour.TABLES, flash.tables()),
                new Part(Colour.PROGRAM, flash.program())),
            flash.room()));
    for (Footprint.Ram ram : node.ram()) {
      bars.add(
          new Bar(
              ram.region(),
              List.of(new Part(Colour.CACHE, ram.cache()), new Part(Colour.BUFFERS, ram.buffers())),
              ram.room()));
    }
    return new Node(node.rank(), node.member().board().name(), bars);
  }

  /** Nodes that look alike, those with the lowest rank first. */
  List<List<Node>> groups() {
    return List.copyOf(
        nodes.stream()
            .collect(Collectors.groupingBy(Node::look, LinkedHashMap::new, Collectors.toList()))
            .values());
  }

  void draw(Markup page) {
    page.open("div", "class", "memory");
    groups().forEach(group -> group(page, group));
    page.close();
  }

  private static void group(Markup page, List<Node> group) {
    Node fullest = group.stream().max(Comparator.comparingLong(Node::bytes)).orElseThrow();
    String who = Ranks.of(group.stream().map(Node::rank).toList());
    page.open("figure").leaf("figcaption", who + " · " + fullest.board());
    page.open("svg", "width", "100%", "height", ROW * fullest.bars().size(), "role", "img");
    page.leaf("title", "Memory of " + who);
    for (int i = 0; i < fullest.bars().size(); i++) {
      bar(page, fullest.bars().get(i), ROW * i);
    }
    page.close().close();
  }

  private static void bar(Markup page, Bar bar, int top) {
    boolean over = bar.bytes() > bar.room();
    page.leaf("text", bar.memory(), "x", 0, "y", top + 14, "class", "tick");
    page.leaf(
        "text",
        "%s of %s, %s"
            .formatted(
                Units.bytes(bar.bytes()),
                Units.bytes(bar.room()),
                over
                    ? Units.bytes(bar.bytes() - bar.room()) + " too many"
                    : Units.percent((double) bar.bytes() / Math.max(1, bar.room()))),
        "x",
        "100%",
        "y",
        top + 14,
        "text-anchor",
        "end",
        "class",
        over ? "tick too-many" : "tick");
    int y = top + 20;
    page.empty("rect", "class", Colour.FREE, "y", y, "width", "100%", "height", BAR);
    double from = 0;
    for (Part part : bar.parts()) {
      double share = 100.0 * part.bytes() / bar.scale();
      page.open(
          "rect",
          "class",
          part.colour(),
          "x",
          Units.coordinate(from) + "%",
          "y",
          y,
          "width",
          Units.coordinate(share) + "%",
          "height",
          BAR);
      page.leaf("title", part.colour().meaning() + ": " + Units.bytes(part.bytes())).close();
      from += share;
    }
    if (over) {
      String end = Units.coordinate(100.0 * bar.room() / bar.scale()) + "%";
      page.empty("line", "class", "end", "x1", end, "x2", end, "y1", y - 4, "y2", y + BAR + 4);
    }
  }

  DataTable table() {
    List<List<Object>> rows = new ArrayList<>();
    for (Node node : nodes) {
      for (Bar bar : node.bars()) {
        bar.parts()
            .forEach(part -> rows.add(row(node, bar, part.colour().meaning(), part.bytes())));
        rows.add(row(node, bar, Colour.FREE.meaning(), Math.max(0, bar.room() - bar.bytes())));
      }
    }
    return new DataTable(
        "memory", List.of("node", "board", "memory", "what", "bytes", "room"), rows);
  }

  private static List<Object> row(Node node, Bar bar, String what, long bytes) {
    return List.of(node.rank(), node.board(), bar.memory(), what, bytes, bar.room());
  }
}
