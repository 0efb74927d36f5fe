package dunlin.host.plan;

import com.fasterxml.jackson.annotation.JsonValue;
import dunlin.boards.Refusal;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How boards are wired. Ranks are numbered so that a node's descendants follow it: each subtree is
 * a run of ranks. Rank 0 is the root, and has the host.
 */
public enum Topology {
  /** Groups of four, a node and its three children, in as many levels as it takes. */
  TREE(3),
  /** A tree of two children each. */
  TREE_2(2),
  /** A tree of four children each. */
  TREE_4(4),
  /** A tree of five children each. */
  TREE_5(5),
  /** A tree of six children each. */
  TREE_6(6),
  /** One after the other. */
  CHAIN(1),
  /** A ring through the root: two chains, one each way round. */
  RING(1) {
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

  private static final String NAMES =
      Arrays.stream(values()).map(Topology::toString).collect(Collectors.joining(", "));

  private final int fanOut;

  Topology(int fanOut) {
    this.fanOut = fanOut;
  }

  /** The most children of a node, but for the root of a ring. */
  public int fanOut() {
    return fanOut;
  }

  /** The most children of the root. */
  public int atRoot() {
    return this == RING ? 2 : fanOut;
  }

  /** The parent of each rank; -1 for the root. */
  int[] parents(int nodes) {
    int[] parents = new int[nodes];
    parents[0] = -1;
    grow(parents, 0, nodes);
    return parents;
  }

  /** As people write it. */
  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The topology that people write as {@code name}. */
  public static Topology named(String name) {
    for (Topology topology : values()) {
      if (topology.toString().equals(name)) {
        return topology;
      }
    }
    throw new Refusal("no topology is called " + name, "choose one of " + NAMES);
  }

  /** Hangs the ranks after {@code root}, up to {@code end}, below it: subtrees of like size. */
  private void grow(int[] parents, int root, int end) {
    int below = end - root - 1;
    int children = Math.min(fanOut, below);
    int first = root + 1;
    for (int child = 0; child < children; child++) {
      int next = root + 1 + (int) ((long) below * (child + 1) / children);
      parents[first] = root;
      grow(parents, first, next);
      first = next;
    }
  }
}
