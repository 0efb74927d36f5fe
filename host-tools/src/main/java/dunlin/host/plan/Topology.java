package dunlin.host.plan;

import com.fasterxml.jackson.annotation.JsonValue;
import dunlin.boards.Refusal;
import java.util.Locale;

/**
 * How boards are wired. Ranks are numbered so that a node's descendants follow it: each subtree is
 * a run of ranks. Rank 0 is the root, and has the host.
 */
public enum Topology {
  /** Groups of four, a node and its three children, in as many levels as it takes. */
  TREE {
    @Override
    int[] parents(int nodes) {
      int[] parents = new int[nodes];
      grow(parents, 0, nodes);
      return parents;
    }
  },
  /** One after the other. */
  CHAIN {
    @Override
    int[] parents(int nodes) {
      int[] parents = new int[nodes];
      for (int rank = 0; rank < nodes; rank++) {
        parents[rank] = rank - 1;
      }
      return parents;
    }
  },
  /** A ring through the root: two chains, one each way round. */
  RING {
    @Override
    int[] parents(int nodes) {
      int[] parents = CHAIN.parents(nodes);
      int other = nodes / 2 + 1;
      if (other < nodes) {
        parents[other] = 0;
      }
      return parents;
    }
  };

  private static final int FAN_OUT = 3;

  /** The parent of each rank; -1 for the root. */
  abstract int[] parents(int nodes);

  /** As people write it. */
  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The topology that people write as {@code name}. */
  public static Topology named(String name) {
    for (Topology topology : values()) {
      if (topology.toString().equals(name)) {
        return topology;
      }
    }
    throw new Refusal("no topology is called " + name, "choose tree, chain or ring");
  }

  /** Hangs the ranks after {@code root}, up to {@code end}, below it: subtrees of like size. */
  private static void grow(int[] parents, int root, int end) {
    if (root == 0) {
      parents[0] = -1;
    }
    int below = end - root - 1;
    int first = root + 1;
    for (int child = 0; child < Math.min(FAN_OUT, below); child++) {
      int next = root + 1 + (int) ((long) below * (child + 1) / Math.min(FAN_OUT, below));
      parents[first] = root;
      grow(parents, first, next);
      first = next;
    }
  }
}
