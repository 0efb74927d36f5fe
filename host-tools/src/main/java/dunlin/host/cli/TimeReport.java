package dunlin.host.cli;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dunlin.host.compile.Layout;
import dunlin.host.forecast.Alone;
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
 * @param energy where they go
 * @param alone the same token on one of the boards; null where none holds the model, or there is no
 *     other
 * @param nodes by rank
 */
record TimeReport(
    int position,
    long nanoseconds,
    double tokensPerSecond,
    double microjoules,
    Energy energy,
    @JsonInclude(JsonInclude.Include.NON_NULL) One alone,
    List<Node> nodes) {

  /** A board alone, the fastest of the flock's. */
  record One(String board, long nanoseconds, double microjoules) {
    private One(Alone alone) {
      this(alone.board().name(), alone.pass().nanos(), alone.pass().microjoules());
    }
  }

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
    return Rehearsal.halfWay(plan, layout)
        .map(
            pass ->
                new TimeReport(plan.context() / 2, pass, Alone.of(plan).map(One::new).orElse(null)))
        .orElse(null);
  }

  private TimeReport(int position, PassForecast pass, One alone) {
    this(
        position,
        pass.nanos(),
        1e9 / pass.nanos(),
        pass.microjoules(),
        pass.energy(),
        alone,
        pass.nodes().stream().map(Node::new).toList());
  }
}
