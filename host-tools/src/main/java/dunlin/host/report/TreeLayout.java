package dunlin.host.report;

import dunlin.host.plan.Wiring;
import java.util.List;

/**
 * Where nodes stand in a picture: children to the right of their parent, one below the other; an
 * only child right below, so that a chain runs down the page.
 */
final class TreeLayout {
  /** The upper left corner of a node. */
  record Place(int x, int y) {}

  private final Wiring wiring;
  private final int column;
  private final int beside;
  private final int below;
  private final Place[] places;

  private TreeLayout(Wiring wiring, int nodes, int column, int beside, int below) {
    this.wiring = wiring;
    this.column = column;
    this.beside = beside;
    this.below = below;
    places = new Place[nodes];
  }

  /**
   * The places by rank.
   *
   * @param root where the root stands
   * @param column from a parent to its children
   * @param beside from a node to what is below it in the picture
   * @param below from a node to its only child
   */
  static List<Place> of(Wiring wiring, int nodes, Place root, int column, int beside, int below) {
    TreeLayout layout = new TreeLayout(wiring, nodes, column, beside, below);
    layout.place(0, root.x(), root.y());
    return List.of(layout.places);
  }

  /** Puts a node and all below it; where they end. */
  private int place(int rank, int x, int y) {
    places[rank] = new Place(x, y);
    List<Integer> children = wiring.children(rank);
    if (children.size() == 1) {
      return place(children.get(0), x, y + below);
    }
    int end = y;
    for (int child : children) {
      end = place(child, x + column, end);
    }
    return Math.max(end, y + beside);
  }
}
