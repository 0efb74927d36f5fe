package dunlin.host.cli;

import dunlin.host.cli.PlanReport.Node;
import dunlin.host.forecast.Energy;
import dunlin.host.plan.Plan;
import dunlin.host.plan.Wiring;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A plan for people: how it is wired, what each node takes, and what goes over the wires. */
final class PlanText {
  private final Plan plan;
  private final PlanReport report;
  private final PrintWriter out;

  PlanText(Plan plan, PlanReport report, PrintWriter out) {
    this.plan = plan;
    this.report = report;
    this.out = out;
  }

  void print() {
    NodeTables nodes = new NodeTables(report);
    head();
    out.println();
    WiringSketch.of(plan.wiring()).forEach(out::println);
    out.println();
    nodes.flash().print(out);
    out.println();
    nodes.ram().print(out);
    if (report.encoder() != null) {
      out.println();
      nodes.tiles().print(out);
    }
    if (nodes.streams()) {
      out.println();
      nodes.weights().print(out);
    }
    rings();
    out.println();
    traffic();
    if (report.time() != null) {
      out.println();
      time(report.time());
    } else if (report.fits()) {
      out.println();
      out.println("Time is not known: " + report.timeUnknown() + ".");
    }
    report.flock().forEach(this::listing);
  }

  private void head() {
    PlanSummary summary = report.plan();
    out.println("model    " + summary.model() + ", hash " + summary.modelHash());
    out.println("plan     hash " + summary.planHash());
    String wires = summary.nodes() == 1 ? "" : ", " + plan.wires();
    out.println("boards   " + summary.boards() + wires);
    out.println(
        passes(summary) + ", " + summary.weights().name().toLowerCase(Locale.ROOT) + " weights");
    out.println("fits     " + (report.fits() ? "yes" : "no"));
  }

  /** What a pass may be about. */
  private String passes(PlanSummary summary) {
    EncoderPasses encoder = report.encoder();
    return encoder == null
        ? "context  " + summary.context() + " tokens, chunks of " + summary.chunk()
        : "inputs   %s bytes, %d tokens, %s"
            .formatted(Numerals.grouped(encoder.inputBytes()), encoder.tokens(), encoder.fused());
  }

  private void rings() {
    Node most = report.flock().stream().max(Comparator.comparingInt(Node::ringBytes)).orElseThrow();
    out.printf(
        Locale.ROOT,
        "Rings, a receive queue for each port in use: at most %,d bytes, in the firmware's RAM.%n",
        most.ringBytes());
  }

  private void traffic() {
    PassWires wires = report.wires();
    Wiring wiring = plan.wiring();
    String above = wires.busiest() == 0 ? "host" : "" + wiring.parent(wires.busiest());
    Table table =
        new Table(1)
            .row(
                "per " + plan.model().unit(),
                "frames",
                "bytes",
                "link " + above + " - " + wires.busiest());
    for (PassWires.Kind kind : wires.kinds()) {
      if (kind.frames() > 0) {
        table.row(kind.kind(), one(kind.frames()), one(kind.bytes()), one(kind.busiestBytes()));
      }
    }
    double frames = wires.kinds().stream().mapToDouble(PassWires.Kind::frames).sum();
    table
        .row("all", one(frames), one(wires.bytes()), one(wires.links().get(wires.busiest())))
        .print(out);
    if (wires.leastBytes() < wires.mostBytes()) {
      out.printf(
          Locale.ROOT,
          "Shown is the mean over the vocabulary%s; a token takes %,d to %,d bytes.%n",
          wires.topK() > 0 ? " with top-k " + wires.topK() : "",
          wires.leastBytes(),
          wires.mostBytes());
    }
    out.printf(
        Locale.ROOT,
        "The busiest link takes %.2f ms for its bytes.%n",
        wires.busiestMicroseconds() / 1000);
  }

  /** Neighbours that do the same share a line; what nobody fetches, or knows, has no column. */
  private void time(TimeReport time) {
    List<TimeReport.Node> nodes = time.nodes();
    boolean fetched = nodes.stream().anyMatch(node -> node.fetches() > 0);
    List<String> head =
        new ArrayList<>(
            List.of(
                time.position() == null ? "an input" : "position " + time.position(), "computes"));
    head.addAll(fetched ? List.of("links", "fetches") : List.of("links"));
    boolean powered = time.microjoules() > 0;
    head.addAll(powered ? List.of("waits", "ms", "energy, µJ") : List.of("waits", "ms"));
    Table table = new Table(1).row(head);
    for (int first = 0, next; first < nodes.size(); first = next) {
      next = first + 1;
      while (next < nodes.size() && nodes.get(next).isLike(nodes.get(first))) {
        next++;
      }
      TimeReport.Node node = nodes.get(first);
      List<String> row = new ArrayList<>();
      row.add(first + 1 == next ? "node " + first : "nodes " + first + "-" + (next - 1));
      row.add(millis(node.computes()));
      row.add(millis(node.links()));
      if (fetched) {
        row.add(millis(node.fetches()));
      }
      row.addAll(List.of(millis(node.waits()), millis(time.nanoseconds())));
      if (powered) {
        row.add(one(node.microjoules()));
      }
      table.row(row);
    }
    table.print(out);
    out.printf(
        Locale.ROOT,
        "%s takes %.2f ms (%s a second)%s, the host left out.%n",
        time.position() == null ? "An input" : "A token",
        time.nanoseconds() / 1e6,
        rate(1e9 / time.nanoseconds()),
        microjoules(time.microjoules()));
    if (powered) {
      out.println(energy(time.energy()));
    }
    if (time.alone() != null && time.alone().nanoseconds() <= time.nanoseconds()) {
      out.printf(
          Locale.ROOT,
          "One board is faster: %.2f ms%s, with --board %s --nodes 1.%n",
          time.alone().nanoseconds() / 1e6,
          microjoules(time.alone().microjoules()),
          time.alone().board());
    }
    out.println("Cycles and power are estimates: no board has been measured yet (docs/time.md).");
  }

  private static String rate(double perSecond) {
    return String.format(Locale.ROOT, perSecond < 1 ? "%.4f" : "%.1f", perSecond);
  }

  private static String microjoules(double energy) {
    return energy == 0 ? "" : String.format(Locale.ROOT, " and %,.0f µJ", energy);
  }

  /** By what it goes into, where it goes anywhere. */
  private static String energy(Energy energy) {
    return Stream.of(
            part("compute", energy.compute()),
            part("off chip", energy.offChip()),
            part("on chip", energy.onChip()),
            part("links", energy.link()),
            part("idle", energy.idle()))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(", ", "Of these µJ: ", "."));
  }

  private static String part(String phase, double microjoules) {
    return microjoules == 0 ? "" : phase + " " + one(microjoules);
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.3f", nanos / 1e6);
  }

  private void listing(Node node) {
    if (node.program() != null) {
      out.println();
      out.println("node " + node.rank());
      node.program().forEach(out::println);
    }
  }

  private static String one(double number) {
    return String.format(Locale.ROOT, "%,.1f", number);
  }
}
