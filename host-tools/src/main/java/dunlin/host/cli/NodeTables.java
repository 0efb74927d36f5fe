package dunlin.host.cli;

import dunlin.host.cli.PlanReport.Node;
import dunlin.host.compile.Residency;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What each node of a plan takes of flash and RAM; neighbours that take the same share a line. */
final class NodeTables {
  private static final List<String> FLASH =
      List.of(
          "layers",
          "KV heads",
          "columns",
          "tokens",
          "weights",
          "tables",
          "program",
          "flash",
          "room");
  private static final List<String> RAM = List.of("region", "KV cache", "buffers", "RAM", "room");

  private static final List<String> TILES =
      List.of("heads at once", "query rows at once", "rows of linear layers at once");

  private static final List<String> WEIGHTS =
      List.of("stay on chip", "fetched a pass", "buffer", "how");

  private final PlanReport report;

  NodeTables(PlanReport report) {
    this.report = report;
  }

  /**
   * A line of a table.
   *
   * @param over bytes that are too many, if any
   */
  private record Line(List<String> cells, long over) {}

  /** What each node holds, and its image. */
  Table flash() {
    return table(FLASH, NodeTables::flash);
  }

  private static List<Line> flash(Node node) {
    PlanReport.Flash flash = node.flash();
    return List.of(
        new Line(
            List.of(
                Numerals.grouped(node.layers().count()),
                Numerals.grouped(node.kvHeads().count()),
                Numerals.grouped(node.columns().count()),
                Numerals.grouped(node.tokens().count()),
                Numerals.grouped(flash.weights()),
                Numerals.grouped(flash.tables()),
                Numerals.grouped(flash.program()),
                Numerals.grouped(flash.bytes()),
                Numerals.grouped(flash.room())),
            flash.bytes() - flash.room()));
  }

  /** The buffers of each node, by region. */
  Table ram() {
    return table(RAM, NodeTables::ram);
  }

  /** A line for each region that is used. */
  private static List<Line> ram(Node node) {
    return node.ram().stream()
        .filter(ram -> ram.bytes() > 0)
        .map(
            ram ->
                new Line(
                    List.of(
                        ram.region(),
                        Numerals.grouped(ram.cache()),
                        Numerals.grouped(ram.buffers()),
                        Numerals.grouped(ram.bytes()),
                        Numerals.grouped(ram.room())),
                    ram.bytes() - ram.room()))
        .toList();
  }

  /** How much of an encoder's activations each node has at a time. */
  Table tiles() {
    return table(TILES, NodeTables::tiles);
  }

  private static List<Line> tiles(Node node) {
    return List.of(
        new Line(
            List.of(
                Numerals.grouped(Math.min(node.tiling().heads(), node.kvHeads().count())),
                Numerals.grouped(node.tiling().queries()),
                Numerals.grouped(node.tiling().rows())),
            0));
  }

  /** Whether any node fetches weights from off the chip. */
  boolean streams() {
    return report.flock().stream().anyMatch(node -> node.residency().streamedBytes() > 0);
  }

  /** Where the weights of each node are during a pass. */
  Table weights() {
    return table(WEIGHTS, NodeTables::weights);
  }

  private static List<Line> weights(Node node) {
    Residency residency = node.residency();
    return List.of(
        new Line(
            List.of(
                Numerals.grouped(residency.residentBytes()),
                Numerals.grouped(residency.streamedBytes()),
                Numerals.grouped(residency.bufferBytes()),
                residency.mode().toString()),
            0));
  }

  /** Neighbours in rank that need the same lines share them. */
  private Table table(List<String> head, Function<Node, List<Line>> lines) {
    Table table = new Table(0);
    row(table, "node", head, "too many");
    List<Node> flock = report.flock();
    for (int rank = 0; rank < flock.size(); rank++) {
      int first = rank;
      List<Line> same = lines.apply(flock.get(first));
      while (rank + 1 < flock.size() && lines.apply(flock.get(rank + 1)).equals(same)) {
        rank++;
      }
      String ranks = first == rank ? "" + first : first + "-" + rank;
      for (Line line : same) {
        row(table, ranks, line.cells(), line.over() > 0 ? Numerals.grouped(line.over()) : "");
        ranks = "";
      }
    }
    return table;
  }

  /** A row; what is too many has a column only where something is. */
  private void row(Table table, String ranks, List<String> cells, String over) {
    List<String> row = new ArrayList<>(List.of(ranks));
    row.addAll(cells);
    if (!report.fits()) {
      row.add(over);
    }
    table.row(row);
  }
}
