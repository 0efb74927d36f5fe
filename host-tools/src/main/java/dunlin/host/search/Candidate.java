package dunlin.host.search;

import dunlin.host.plan.LinkKind;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Topology;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A way to build a flock.
 *
 * @param nodes how many boards
 * @param topology how those of a stage are wired
 * @param link by what
 * @param stages pipeline stages
 * @param rootShare what the root holds, where any other holds 1
 */
public record Candidate(int nodes, Topology topology, LinkKind link, int stages, double rootShare) {
  /** These choices, and all else as it is asked. */
  public PlanOptions on(PlanOptions asked) {
    PlanOptions options =
        rootShare == 1 ? asked.nodes(nodes, topology) : asked.split(shares(), topology);
    return options.with(link).staged(stages);
  }

  private List<Double> shares() {
    List<Double> shares = new ArrayList<>(Collections.nCopies(nodes, 1.0));
    shares.set(0, rootShare);
    return shares;
  }

  /** This one with another share for the root. */
  Candidate withRootShare(double other) {
    return new Candidate(nodes, topology, link, stages, other);
  }

  /** What the command line says for it. */
  public String options() {
    if (nodes == 1) {
      return "--nodes 1";
    }
    StringBuilder split = new StringBuilder(" --split " + number(rootShare));
    for (int rank = 1; rank < nodes; rank++) {
      split.append(",1");
    }
    return "--nodes "
        + nodes
        + " --topology "
        + topology
        + " --link "
        + link
        + (stages == 1 ? "" : " --stages " + stages)
        + (rootShare == 1 ? "" : split);
  }

  private static String number(double share) {
    return share == Math.rint(share) ? String.valueOf((long) share) : String.valueOf(share);
  }
}
