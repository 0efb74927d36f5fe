package dunlin.host.plan;

import dunlin.boards.BoardType.Weights;
import java.util.List;

/**
 * What a user may ask of a plan; 0, null or an empty list leaves the choice to the planner.
 *
 * @param context positions that the caches hold
 * @param chunk most rows of a prefill pass
 * @param weights layout of the weights
 * @param inspection what the program shows beside its results
 * @param topology how the nodes of a stage are wired
 * @param link by what nodes are linked
 * @param nodes how many there are
 * @param shares what each node should hold, in proportion; one number for each node
 * @param stages pipeline stages, each of which holds some of the blocks
 * @param host by what the host is linked to the root
 * @param schedule when what nodes exchange goes over the links
 * @param fetch how much is fetched ahead from memory off the chip
 */
public record PlanOptions(
    int context,
    int chunk,
    Weights weights,
    Inspection inspection,
    Topology topology,
    LinkKind link,
    int nodes,
    List<Double> shares,
    int stages,
    LinkKind host,
    Schedule schedule,
    Fetch fetch) {
  /** What a program shows beside its results; costs time and memory, never changes a bit. */
  public enum Inspection {
    /** Nothing. */
    NONE,
    /** The logits of every row, where a request asks for logits; without it of the last row. */
    ALL_LOGITS,
    /** All logits, and every intermediate. */
    TAPS
  }

  /** All left to the planner. */
  public static final PlanOptions DEFAULT = new PlanOptions(0, 0, null, Inspection.NONE);

  /** One node. */
  public PlanOptions(int context, int chunk, Weights weights, Inspection inspection) {
    this(
        context,
        chunk,
        weights,
        inspection,
        Topology.TREE,
        LinkKind.UART,
        1,
        List.of(),
        1,
        LinkKind.UART,
        Schedule.FLOWING,
        Fetch.BLOCKS);
  }

  /** These options for so many nodes. */
  public PlanOptions nodes(int count, Topology wired) {
    return divided(wired, link, count, List.of(), stages);
  }

  /** These options for nodes with the given shares. */
  public PlanOptions split(List<Double> split, Topology wired) {
    return divided(wired, link, split.size(), split, stages);
  }

  /** These options with the nodes in so many pipeline stages. */
  public PlanOptions staged(int count) {
    return divided(topology, link, nodes, shares, count);
  }

  /** These options with links of another kind. */
  public PlanOptions with(LinkKind other) {
    return divided(topology, other, nodes, shares, stages);
  }

  private PlanOptions divided(
      Topology wired, LinkKind by, int count, List<Double> split, int groups) {
    return copy(wired, by, count, split, groups, host, schedule, fetch);
  }

  /** These options with caches for so many positions. */
  public PlanOptions withContext(int positions) {
    return with(positions, chunk, inspection);
  }

  /** These options with chunks of so many rows. */
  public PlanOptions withChunk(int rows) {
    return with(context, rows, inspection);
  }

  /** These options with another inspection. */
  public PlanOptions with(Inspection other) {
    return with(context, chunk, other);
  }

  private PlanOptions with(int positions, int rows, Inspection shown) {
    PlanOptions other = new PlanOptions(positions, rows, weights, shown);
    return other.divided(topology, link, nodes, shares, stages).moving(host, schedule, fetch);
  }

  /** These options with a host that is linked by other means. */
  public PlanOptions hostedBy(LinkKind other) {
    return moving(other, schedule, fetch);
  }

  /** These options with another schedule. */
  public PlanOptions with(Schedule other) {
    return moving(host, other, fetch);
  }

  /** These options with more or less fetched ahead. */
  public PlanOptions with(Fetch other) {
    return moving(host, schedule, other);
  }

  private PlanOptions moving(LinkKind console, Schedule sums, Fetch ahead) {
    return copy(topology, link, nodes, shares, stages, console, sums, ahead);
  }

  private PlanOptions copy(
      Topology wired,
      LinkKind by,
      int count,
      List<Double> split,
      int groups,
      LinkKind console,
      Schedule sums,
      Fetch ahead) {
    return new PlanOptions(
        context, chunk, weights, inspection, wired, by, count, split, groups, console, sums, ahead);
  }
}
