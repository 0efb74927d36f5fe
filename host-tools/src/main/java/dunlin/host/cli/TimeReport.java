package dunlin.host.cli;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dunlin.host.compile.Layout;
import dunlin.host.forecast.Energy;
import dunlin.host.forecast.PassForecast;
import dunlin.host.forecast.Rehearsal;
import dunlin.host.plan.Member;
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
    @JsonIgnore
    boolean isLike(Node other) {
      return computes == other.computes
          && links == other.links
          && fetches == other.fetches
          && waits == other.waits;
    }
  }

  /** Half way through the context; null where the pace of a board is not known. */
  static TimeReport of(Plan plan, Layout layout) {
    if (!layout.fits()
        || plan.context() < 2
        || !plan.members().stream().allMatch(TimeReport::known)) {
      return null;
    }
    int position = plan.context() / 2;
    int owner = Rehearsal.farthestOwner(plan);
    PassForecast pass = Rehearsal.decoding(plan, layout, position, owner).pass();
    return new TimeReport(
        position,
        pass.nanos(),
        1e9 / pass.nanos(),
        pass.microjoules(),
        pass.nodes().stream()
            .map(
                node ->
                    new Node(
                        node.rank(),
                        node.computeNanos(),
                        node.linkNanos(),
                        node.offChipNanos(),
                        node.idleNanos(),
                        node.energy().total(),
                        node.energy()))
            .toList());
  }

  /** A core's table is for the layout of weights that suits it. */
  private static boolean known(Member member) {
    return member.board().performance() != null && member.weights() == member.board().weights();
  }
}
