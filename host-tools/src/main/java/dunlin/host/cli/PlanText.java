package dunlin.host.cli;

import dunlin.host.cli.PlanReport.Node;
import dunlin.host.plan.Plan;
import dunlin.host.plan.Wiring;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A plan for people: how it is wired, what each node takes, and what goes over the wires. */
final class PlanText {
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

  private final Plan plan;
  private final PlanReport report;
  private final PrintWriter out;

  PlanText(Plan plan, PlanReport report, PrintWriter out) {
    this.plan = plan;
    this.report = report;
    this.out = out;
  }

  /**
   * A line of a table.
   *
   * @param over bytes that are too many, if any
   */
  private record Line(List<String> cells, long over) {}

  void print() {
    head();
    out.println();
    WiringSketch.of(plan.wiring()).forEach(out::println);
    out.println();
    flash().print(out);
    out.println();
    ram().print(out);
    rings();
    out.println();
    traffic();
    report.flock().forEach(this::listing);
  }

  private void head() {
    PlanSummary summary = report.plan();
    boolean alone = summary.nodes() == 1;
    out.println("model    " + summary.model() + ", hash " + summary.modelHash());
    out.println("plan     hash " + summary.planHash());
    boolean mixed = summary.board().contains(",");
    out.println(
        "boards   "
            + (mixed ? "" : alone ? "1 " : summary.nodes() + " × ")
            + summary.board()
            + (alone ? "" : ", " + summary.topology() + " of " + summary.link() + " links"));
    out.println(
        "context  "
            + summary.context()
            + " tokens, chunks of "
            + summary.chunk()
            + ", "
            + summary.weights().name().toLowerCase(Locale.ROOT)
            + " weights");
    out.println("fits     " + (report.fits() ? "yes" : "no"));
  }

  private Table flash() {
    Table table = new Table(0);
    row(table, "node", FLASH, "too many");
    rows(table, PlanText::flash);
    return table;
  }

  private static List<Line> flash(Node node) {
    PlanReport.Flash flash = node.flash();
    return List.of(
        new Line(
            List.of(
                grouped(node.layers().count()),
                grouped(node.kvHeads().count()),
                grouped(node.columns().count()),
                grouped(node.tokens().count()),
                grouped(flash.weights()),
                grouped(flash.tables()),
                grouped(flash.program()),
                grouped(flash.bytes()),
                grouped(flash.room())),
            flash.bytes() - flash.room()));
  }

  private Table ram() {
    Table table = new Table(0);
    row(table, "node", RAM, "too many");
    rows(table, PlanText::ram);
    return table;
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
                        grouped(ram.cache()),
                        grouped(ram.buffers()),
                        grouped(ram.bytes()),
                        grouped(ram.room())),
                    ram.bytes() - ram.room()))
        .toList();
  }

  private void rings() {
    Node most = report.flock().stream().max(Comparator.comparingInt(Node::ringBytes)).orElseThrow();
    out.printf(
        Locale.ROOT,
        "Rings, a receive queue for each port in use: at most %,d bytes, in the firmware's RAM.%n",
        most.ringBytes());
  }

  /** Neighbours in rank that need the same lines share them. */
  private void rows(Table table, Function<Node, List<Line>> lines) {
    List<Node> flock = report.flock();
    for (int rank = 0; rank < flock.size(); rank++) {
      int first = rank;
      List<Line> same = lines.apply(flock.get(first));
      while (rank + 1 < flock.size() && lines.apply(flock.get(rank + 1)).equals(same)) {
        rank++;
      }
      String ranks = first == rank ? "" + first : first + "-" + rank;
      for (Line line : same) {
        row(table, ranks, line.cells(), line.over() > 0 ? grouped(line.over()) : "");
        ranks = "";
      }
    }
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

  private void traffic() {
    PlanReport.TokenTraffic token = report.token();
    Wiring wiring = plan.wiring();
    String above = token.busiest() == 0 ? "host" : "" + wiring.parent(token.busiest());
    Table table =
        new Table(1).row("per token", "frames", "bytes", "link " + above + " - " + token.busiest());
    for (PlanReport.Kind kind : token.kinds()) {
      if (kind.frames() > 0) {
        table.row(kind.kind(), one(kind.frames()), one(kind.bytes()), one(kind.busiestBytes()));
      }
    }
    double frames = token.kinds().stream().mapToDouble(PlanReport.Kind::frames).sum();
    table
        .row("all", one(frames), one(token.bytes()), one(token.links().get(token.busiest())))
        .print(out);
    if (token.leastBytes() < token.mostBytes()) {
      out.printf(
          Locale.ROOT,
          "Shown is the mean over the vocabulary; a token takes %,d to %,d bytes.%n",
          token.leastBytes(),
          token.mostBytes());
    }
    out.printf(
        Locale.ROOT,
        "The busiest link takes %.2f ms for its bytes.%n",
        token.busiestMicroseconds() / 1000);
  }

  private void listing(Node node) {
    if (node.program() != null) {
      out.println();
      out.println("node " + node.rank());
      node.program().forEach(out::println);
    }
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String one(double number) {
    return String.format(Locale.ROOT, "%,.1f", number);
  }
}
