package dunlin.host.cli;

import dunlin.boards.BoardType;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.Plan;
import dunlin.host.plan.Topology;
import java.util.ArrayList;
import java.util.List;

/** What {@code build --json} writes, and other reports begin with. */
record BuildReport(
    String model,
    String modelHash,
    String planHash,
    String board,
    int nodes,
    Topology topology,
    LinkKind link,
    int context,
    int chunk,
    BoardType.Weights weights,
    int flashBytes,
    int flashRoom,
    List<RamUse> ram) {

  /**
   * What an image takes of a RAM region.
   *
   * @param bytes taken
   * @param room there is
   */
  record RamUse(String region, int bytes, int room) {}

  static BuildReport of(Built built) {
    Plan plan = built.plan();
    BoardType board = plan.members().get(0).board();
    List<RamUse> ram = new ArrayList<>();
    for (int region = 0; region < board.ram().size(); region++) {
      BoardType.Region has = board.ram().get(region);
      int bytes = built.image().memory().regionBytes().get(region);
      ram.add(new RamUse(has.name(), bytes, has.bytes()));
    }
    return new BuildReport(
        built.model(),
        hash(plan.model().hash()),
        hash(plan.hash()),
        board.name(),
        plan.members().size(),
        plan.topology(),
        plan.link(),
        plan.context(),
        plan.chunk(),
        plan.members().get(0).weights(),
        built.image().bytes().length,
        board.imageBytes(),
        ram);
  }

  /** A hash as people and programs see it. */
  static String hash(long hash) {
    return "%016x".formatted(hash);
  }
}
