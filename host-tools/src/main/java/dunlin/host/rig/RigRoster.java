package dunlin.host.rig;

import dunlin.boards.Refusal;
import dunlin.boards.Uid;
import dunlin.host.run.NodeIdentity;
import java.util.List;

/** Holds what boards say of themselves against a rig file. */
public final class RigRoster {
  private RigRoster() {}

  /**
   * Refuses a microcontroller at another rank than the rig file has it.
   *
   * @param nodes as they answered, by rank
   */
  public static void check(Rig rig, List<NodeIdentity> nodes) {
    for (NodeIdentity node : nodes) {
      Uid expected = rig.boards().get(node.rank()).uid();
      Uid actual = Uid.of(node.uid());
      if (expected != null && !expected.equals(actual)) {
        throw new Refusal(
            "rank " + node.rank() + " is board " + whose(rig, actual) + ", not " + expected,
            "flash each board for its rank, or change the rig file");
      }
    }
  }

  private static String whose(Rig rig, Uid uid) {
    return uid + rig.board(uid).map(board -> " of rank " + board.rank()).orElse("");
  }
}
