package dunlin.host.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dunlin.boards.BoardType;
import dunlin.host.compile.NodeImage;
import dunlin.host.plan.Plan;
import java.util.List;
import java.util.stream.IntStream;

/** A plan and its root's image: what {@code build --json} and {@code run --json} begin with. */
record BuildReport(
    @JsonUnwrapped PlanSummary plan, int flashBytes, int flashRoom, List<RamUse> ram) {

  /**
   * What an image takes of a RAM region.
   *
   * @param bytes taken
   * @param room there is
   */
  record RamUse(String region, int bytes, int room) {
    static List<RamUse> of(BoardType board, NodeImage image) {
      return IntStream.range(0, board.ram().size())
          .mapToObj(
              region -> {
                BoardType.Region has = board.ram().get(region);
                int bytes = image.memory().regionBytes().get(region);
                return new RamUse(has.name(), bytes, has.bytes());
              })
          .toList();
    }
  }

  static BuildReport of(Built built) {
    Plan plan = built.plan();
    BoardType board = plan.members().get(0).board();
    return new BuildReport(
        PlanSummary.of(built.model(), plan),
        built.image().bytes().length,
        board.imageBytes(),
        RamUse.of(board, built.image()));
  }
}
