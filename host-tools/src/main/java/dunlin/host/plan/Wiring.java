package dunlin.host.plan;

import java.util.List;
import java.util.function.IntPredicate;

/**
 * Which port of which node goes where. Port 0 is the console's; then comes the parent's, then the
 * children's in order of rank.
 */
public final class Wiring {
  private final int[] parents;
  private final List<List<Integer>> children;

  /** Wires {@code nodes} nodes. */
  public Wiring(Topology topology, int nodes) {
    parents = topology.parents(nodes);
    children = topology.children(nodes);
  }

  /** The rank above; -1 for the root. */
  public int parent(int rank) {
    return parents[rank];
  }

  /** The ranks right below. */
  public List<Integer> children(int rank) {
    return children.get(rank);
  }

  /** The port towards the root; -1 at the root. */
  public int parentPort(int rank) {
    return rank == 0 ? -1 : 1;
  }

  /** The port of {@code rank} on which its {@code child} is. */
  public int childPort(int rank, int child) {
    return (rank == 0 ? 1 : 2) + children.get(rank).indexOf(child);
  }

  /** UARTs that a node needs, the console's included. */
  public int uarts(int rank) {
    return (rank == 0 ? 1 : 2) + children.get(rank).size();
  }

  /** The rank after the last one below {@code rank}. */
  public int end(int rank) {
    int end = rank + 1;
    for (int child : children.get(rank)) {
      end = Math.max(end, end(child));
    }
    return end;
  }

  /** Whether {@code wanted} holds for a node or any below it. */
  public boolean any(int rank, IntPredicate wanted) {
    for (int r = rank; r < end(rank); r++) {
      if (wanted.test(r)) {
        return true;
      }
    }
    return false;
  }

  /** The ports of children below which {@code wanted} holds for any node, a bit each. */
  public int ports(int rank, IntPredicate wanted) {
    int ports = 0;
    for (int child : children.get(rank)) {
      if (any(child, wanted)) {
        ports |= 1 << childPort(rank, child);
      }
    }
    return ports;
  }
}
