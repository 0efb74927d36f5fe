package dunlin.host.compile;

import dunlin.host.plan.Plan;
import java.util.List;

/** Compiles a plan to images. */
public final class Compiler {
  private Compiler() {}

  /**
   * The images of all nodes, by rank.
   *
   * @throws dunlin.boards.Refusal if one does not fit its board: what, where, by how much, and what
   *     would
   */
  public static List<NodeImage> compile(Plan plan) {
    return new Layout(plan).images();
  }
}
