package dunlin.host.report;

import dunlin.host.compile.Footprint;
import java.util.ArrayList;
import java.util.List;

/** What each node's image takes of its flash, and its buffers of each region of RAM. */
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

  /** A part of a bar; its name is a class of the style sheet as well. */
  record Part(String name, long bytes) {}

  /**
   * Neighbours in rank on boards of one type that take the same.
   *
   * @param first rank
   * @param last rank
   */
  record Group(int first, int last, String board, List<Bar> bars) {
    String ranks() {
      return first == last ? "node " + first : "nodes " + first + "–" + last;
    }

    private boolean isLike(Group other) {
      return board.equals(other.board) && bars.equals(other.bars);
    }
  }

  private final List<Group> groups = new ArrayList<>();

  MemoryBars(List<Footprint> footprints) {
    for (Footprint node : footprints) {
      Group group = group(node);
      int end = groups.size() - 1;
      if (end >= 0 && groups.get(end).isLike(group)) {
        int first = groups.get(end).first();
        groups.set(end, new Group(first, node.rank(), group.board(), group.bars()));
      } else {
        groups.add(group);
      }
    }
  }

  private static Group group(Footprint node) {
    List<Bar> bars = new ArrayList<>();
    Footprint.Flash flash = node.flash();
    bars.add(
        new Bar(
            "flash",
            List.of(
                new Part("weights", flash.weights()),
                new Part("tables", flash.tables()),
                new Part("program", flash.program())),
            flash.room()));
    for (Footprint.Ram ram : node.ram()) {
      bars.add(
          new Bar(
              ram.region(),
              List.of(new Part("cache", ram.cache()), new Part("buffers", ram.buffers())),
              ram.room()));
    }
    return new Group(node.rank(), node.rank(), node.member().board().name(), bars);
  }

  List<Group> groups() {
    return groups;
  }

  void draw(Markup page) {
    page.open("div", "class", "memory");
    for (Group group : groups) {
      page.open("figure");
      page.leaf("figcaption", group.ranks() + " · " + group.board());
      page.open("svg", "width", "100%", "height", ROW * group.bars().size(), "role", "img");
      page.leaf("title", "Memory of " + group.ranks());
      for (int i = 0; i < group.bars().size(); i++) {
        bar(page, group.bars().get(i), ROW * i);
      }
      page.close().close();
    }
    page.close();
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
    page.empty("rect", "class", "track", "y", y, "width", "100%", "height", BAR);
    double from = 0;
    for (Part part : bar.parts()) {
      double share = 100.0 * part.bytes() / bar.scale();
      page.open(
          "rect",
          "class",
          part.name(),
          "x",
          Units.coordinate(from) + "%",
          "y",
          y,
          "width",
          Units.coordinate(share) + "%",
          "height",
          BAR);
      page.leaf("title", part.name() + ": " + Units.bytes(part.bytes())).close();
      from += share;
    }
    if (over) {
      String end = Units.coordinate(100.0 * bar.room() / bar.scale()) + "%";
      page.empty("line", "class", "end", "x1", end, "x2", end, "y1", y - 4, "y2", y + BAR + 4);
    }
  }

  DataTable table() {
    List<List<Object>> rows = new ArrayList<>();
    for (Group group : groups) {
      for (Bar bar : group.bars()) {
        for (Part part : bar.parts()) {
          rows.add(row(group, bar, part.name(), part.bytes()));
        }
        rows.add(row(group, bar, "free", Math.max(0, bar.room() - bar.bytes())));
      }
    }
    return new DataTable(
        "memory",
        List.of("first node", "last node", "board", "memory", "what", "bytes", "room"),
        rows);
  }

  private static List<Object> row(Group group, Bar bar, String what, long bytes) {
    return List.of(
        group.first(), group.last(), group.board(), bar.memory(), what, bytes, bar.room());
  }
}
