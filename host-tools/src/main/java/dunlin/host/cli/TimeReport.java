package dunlin.host.cli;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dunlin.host.compile.Layout;
import dunlin.host.forecast.Energy;
import dunlin.host.forecast.NodeForecast;
import dunlin.host.forecast.PassForecast;
import dunlin.host.forecast.Rehearsal;
import dunlin.host.plan.Plan;
import java.util.List;

/**
 * What decoding a token takes.
 *
 * @param position of the token
 * @param nanoseconds from the host's request to the result
 * @param tokensPerSecond of such tokens
 * @param microjoules of all boards
 * @param nodes by rank
 */
record TimeReport(
    int position, long nanoseconds, double tokensPerSecond, double microjoules, List<Node> nodes) {

  /**
   * What a node does meanwhile, in nanoseconds, and the energy that it takes.
   *
   * @param fetches in which an op waits for its weights from off the chip
   */
  record Node(
      int rank,
      long computes,
      long links,
      long fetches,
      long waits,
      double microjoules,
      Energy energy) {
    private Node(NodeForecast node) {
      this(
          node.rank(),
          node.computeNanos(),
          node.linkNanos(),
          node.offChipNanos(),
          node.idleNanos(),
          node.microjoules(),
          node.energy());
    }

    @JsonIgnore
    boolean isLike(Node other) {
      return computes == other.computes
          && links == other.links
          && fetches == other.fetches
          && waits == other.waits;
    }
  }

  /** Half way through the context; null where that is not known. */
  static TimeReport of(Plan plan, Layout layout) {
    return Rehearsal.typical(plan, layout)
        .map(pass -> new TimeReport(plan.context() / 2, pass))
        .orElse(null);
  }

  private TimeReport(int position, PassForecast pass) {
    this(
        position,
        pass.nanos(),
        1e9 / pass.nanos(),
        pass.microjoules(),
        pass.nodes().stream().map(Node::new).toList());
  }
}
