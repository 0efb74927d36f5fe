package dunlin.host.search;

import dunlin.boards.BoardType;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.Topology;
import java.util.List;

/** The boards that a flock may be made of. */
public sealed interface Supply {
  /**
   * As many as it takes: all of one type, or a root of one type and the others of another.
   *
   * @param types to choose from
   * @param most boards that there may be
   */
  record Types(List<BoardType> types, int most) implements Supply {}

  /**
   * Boards whose wires are laid: what they hold is all that is left to choose, and when it travels.
   *
   * @param boards by rank
   */
  record Wired(List<BoardType> boards, Topology topology, LinkKind link, int stages)
      implements Supply {}

  /** The types among them. */
  default List<BoardType> all() {
    List<BoardType> boards = this instanceof Types types ? types.types() : ((Wired) this).boards();
    return boards.stream().distinct().toList();
  }
}
