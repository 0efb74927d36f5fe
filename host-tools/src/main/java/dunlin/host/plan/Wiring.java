package dunlin.host.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/**
 * Which port of which node goes where. The nodes of a pipeline stage are wired by the topology, and
 * the first of each stage, its leader, hangs below the leader of the stage before. A node's first
 * port for links is the parent's, then come the children's in order of rank.
 */
public final class Wiring {
  private final int[] parents;
  private final int[] leaders;
  private final List<List<Integer>> children = new ArrayList<>();
  private final IntUnaryOperator firstPort;

  /**
   * Wires nodes.
   *
   * @param stages how many nodes are in each stage
   * @param firstPort the number of each rank's first port for links
   */
  public Wiring(Topology topology, List<Integer> stages, IntUnaryOperator firstPort) {
    this.firstPort = firstPort;
    int nodes = stages.stream().mapToInt(Integer::intValue).sum();
    parents = new int[nodes];
    leaders = new int[nodes];
    int leader = 0;
    int above = -1;
    for (int size : stages) {
      int[] within = topology.parents(size);
      for (int i = 0; i < size; i++) {
        parents[leader + i] = i == 0 ? above : leader + within[i];
        leaders[leader + i] = leader;
      }
      above = leader;
      leader += size;
    }
    for (int rank = 0; rank < nodes; rank++) {
      children.add(new ArrayList<>());
      if (parents[rank] >= 0) {
        children.get(parents[rank]).add(rank);
      }
    }
  }

  /** The rank above; -1 for the root. */
  public int parent(int rank) {
    return parents[rank];
  }

  /** The ranks right below. */
  public List<Integer> children(int rank) {
    return children.get(rank);
  }

  /** The leader of a node's stage: it holds the residual stream there. */
  public int leader(int rank) {
    return leaders[rank];
  }

  /** The rank after the last one of the stage with this leader. */
  public int stageEnd(int leader) {
    int end = leader;
    while (end < leaders.length && leaders[end] == leader) {
      end++;
    }
    return end;
  }

  /** The leader of the last stage. */
  public int lastLeader() {
    return leaders[leaders.length - 1];
  }

  /** The port towards the root; -1 at the root. */
  public int parentPort(int rank) {
    return rank == 0 ? -1 : firstPort.applyAsInt(rank);
  }

  /** The port of {@code rank} on which its {@code child} is. */
  public int childPort(int rank, int child) {
    return endPort(rank) - children.get(rank).size() + children.get(rank).indexOf(child);
  }

  /** The port of {@code rank} behind which {@code other}, another node, is. */
  public int portTowards(int rank, int other) {
    for (int child : children.get(rank)) {
      if (other >= child && other < end(child)) {
        return childPort(rank, child);
      }
    }
    return parentPort(rank);
  }

  /** The ports that lead from the root to {@code rank}, the root's first. */
  public List<Integer> route(int rank) {
    List<Integer> ports = new ArrayList<>();
    for (int child = rank; child != 0; child = parent(child)) {
      ports.add(0, childPort(parent(child), child));
    }
    return ports;
  }

  /** The port after the last one that goes anywhere. */
  public int endPort(int rank) {
    return firstPort.applyAsInt(rank) + links(rank);
  }

  /** How many nodes a node is linked to. */
  public int links(int rank) {
    return (rank == 0 ? 0 : 1) + children.get(rank).size();
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
    return any(rank, end(rank), wanted);
  }

  /** Levels below a node, down to the last with a node for which {@code wanted} holds. */
  public int levelsBelow(int rank, IntPredicate wanted) {
    int levels = 0;
    for (int child : children.get(rank)) {
      if (any(child, wanted)) {
        levels = Math.max(levels, 1 + levelsBelow(child, wanted));
      }
    }
    return levels;
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

  /**
   * The ports behind which {@code wanted} holds for any node, a bit each; but for the port towards
   * {@code source}.
   */
  public int portsAwayFrom(int source, int rank, IntPredicate wanted) {
    int ports = ports(rank, wanted);
    if (rank != 0 && (any(0, rank, wanted) || any(end(rank), leaders.length, wanted))) {
      ports |= 1 << parentPort(rank);
    }
    return source == rank ? ports : ports & ~(1 << portTowards(rank, source));
  }

  private static boolean any(int from, int to, IntPredicate wanted) {
    for (int rank = from; rank < to; rank++) {
      if (wanted.test(rank)) {
        return true;
      }
    }
    return false;
  }
}
