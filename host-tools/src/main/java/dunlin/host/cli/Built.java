package dunlin.host.cli;

import dunlin.boards.BoardType;
import dunlin.host.compile.Compiler;
import dunlin.host.compile.NodeImage;
import dunlin.host.flock.ImportedNetwork;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import java.nio.file.Path;
import java.util.List;

/**
 * A model that was made into an image.
 *
 * @param model its name
 */
record Built(String model, Plan plan, List<NodeImage> images) {
  /** The root's image. */
  NodeImage image() {
    return images.get(0);
  }

  /**
   * Calibrates, quantises, plans and compiles.
   *
   * @param calibration stories to calibrate on; null for the model's own
   * @param boards by rank
   */
  static Built of(
      ImportedNetwork source, Path calibration, List<BoardType> boards, PlanOptions options) {
    Plan plan = plan(source, calibration, boards, options);
    return new Built(source.name(), plan, Compiler.compile(plan));
  }

  /** As {@link #of}, but for compiling. */
  static Plan plan(
      ImportedNetwork source, Path calibration, List<BoardType> boards, PlanOptions options) {
    return Planner.plan(source.quantised(calibration, new ProgressBars()), boards, options);
  }
}
