package dunlin.host.cli;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dunlin.host.compile.Layout;
import dunlin.host.flock.Progress;
import dunlin.host.forecast.Alone;
import dunlin.host.forecast.Energy;
import dunlin.host.forecast.NodeForecast;
import dunlin.host.forecast.PassForecast;
import dunlin.host.forecast.Rehearsal;
import dunlin.host.plan.Plan;
import dunlin.host.quantise.QuantisedEncoder;
import java.util.List;

/**
 * What decoding a token, or classifying an input, takes.
 *
 * @param position of the token; null for an input
 * @param nanoseconds from the host's request to the result
 * @param tokensPerSecond of such tokens; null for inputs
 * @param inputsPerSecond of such inputs; null for tokens
 * @param microjoules of all boards
 * @param energy where they go
 * @param alone the same token on one of the boards; null where none holds the model, or there is no
 *     other
 * @param nodes by rank
 */
record TimeReport(
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer position,
    long nanoseconds,
    @JsonInclude(JsonInclude.Include.NON_NULL) Double tokensPerSecond,
    @JsonInclude(JsonInclude.Include.NON_NULL) Double inputsPerSecond,
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

  /** A token half way through the context, or any input; null where that is not known. */
  static TimeReport of(Plan plan, Layout layout, Progress progress) {
    return progress
        .during("rehearsing", 100, done -> Rehearsal.typical(plan, layout, done))
        .map(pass -> of(plan, pass))
        .orElse(null);
  }

  private static TimeReport of(Plan plan, PassForecast pass) {
    double each = 1e9 / pass.nanos();
    One alone = Alone.of(plan).map(One::new).orElse(null);
    return plan.model() instanceof QuantisedEncoder
        ? new TimeReport(null, null, each, pass, alone)
        : new TimeReport(plan.context() / 2, each, null, pass, alone);
  }

  private TimeReport(Integer position, Double tokens, Double inputs, PassForecast pass, One alone) {
    this(
        position,
        pass.nanos(),
        tokens,
        inputs,
        pass.microjoules(),
        pass.energy(),
        alone,
        pass.nodes().stream().map(Node::new).toList());
  }
}
