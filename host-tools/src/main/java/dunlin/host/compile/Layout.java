package dunlin.host.compile;

import dunlin.boards.Refusal;
import dunlin.host.compile.Footprint.Shortage;
import dunlin.host.plan.Plan;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The programs of a plan's nodes, and where everything would lie: all that can be known before a
 * byte of an image is written, and whether it fits.
 */
public final class Layout {
  private final Plan plan;
  private final List<NodeLayout> nodes;
  private final List<Footprint> footprints;
  private final List<Remedy> remedies;

  /** Lays out all nodes of a plan; where they do not fit, finds what would. */
  public Layout(Plan plan) {
    this(plan, true);
  }

  private Layout(Plan plan, boolean remedied) {
    this.plan = plan;
    nodes =
        IntStream.range(0, plan.members().size())
            .mapToObj(rank -> new NodeLayout(plan, rank))
            .toList();
    footprints = nodes.stream().map(NodeLayout::footprint).toList();
    remedies = fits() || !remedied ? List.of() : Remedy.of(plan);
  }

  /** Lays out all nodes of a plan for somebody that looks for what would fit by itself. */
  public static Layout withoutRemedies(Plan plan) {
    return new Layout(plan, false);
  }

  /** What each node takes of its board, by rank. */
  public List<Footprint> footprints() {
    return footprints;
  }

  /** What passes put on the wires. */
  public Traffic traffic() {
    return new Traffic(plan, nodes.stream().map(NodeLayout::program).toList());
  }

  /** What passes have each node do, by rank. */
  public List<Workload> workloads() {
    return nodes.stream().map(NodeLayout::work).toList();
  }

  /** Whether every node fits its board. */
  public boolean fits() {
    return footprints.stream().allMatch(node -> node.shortages().isEmpty());
  }

  /** What would fit, if anything; nothing for a plan that does. */
  public List<Remedy> remedies() {
    return remedies;
  }

  /**
   * The images of all nodes, by rank.
   *
   * @throws Refusal as {@link #requireFit}
   */
  public List<NodeImage> images() {
    requireFit();
    long modelHash = plan.model().hash();
    return nodes.stream().map(node -> node.write(modelHash)).toList();
  }

  /**
   * Images that put on the wires what {@link #images} do, when they do, and compute nothing: what a
   * flock's time is learnt from without its weights. The tokens that are asked for must be the
   * first of a node's slice of the vocabulary.
   *
   * @throws Refusal as {@link #requireFit}
   */
  public List<NodeImage> silentImages() {
    requireFit();
    return nodes.stream().map(NodeLayout::writeSilent).toList();
  }

  /** Refuses a plan that does not fit, as {@link #refusal} does. */
  public void requireFit() {
    refusal()
        .ifPresent(
            refusal -> {
              throw refusal;
            });
  }

  /** Where the plan does not fit: what the shortest node lacks, and what would fit. */
  public Optional<Refusal> refusal() {
    return fits()
        ? Optional.empty()
        : footprints.stream()
            .max(Comparator.comparingLong(Layout::missing))
            .map(shortest -> new Refusal(what(shortest), Remedy.text(remedies, plan)));
  }

  private static long missing(Footprint node) {
    return node.shortages().stream().mapToLong(Shortage::missing).sum();
  }

  private String what(Footprint node) {
    return plan.model().name()
        + " on "
        + node.member().board().name()
        + (nodes.size() == 1 ? "" : ", rank " + node.rank())
        + ": needs "
        + node.shortages().stream().map(Layout::what).collect(Collectors.joining(", "));
  }

  private static String what(Shortage shortage) {
    return String.format(
        Locale.ROOT,
        "%,d bytes of %s (%,d too many)",
        shortage.bytes(),
        shortage.memory(),
        shortage.missing());
  }
}
