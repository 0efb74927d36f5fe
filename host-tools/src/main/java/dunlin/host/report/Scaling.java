package dunlin.host.report;

import dunlin.boards.Refusal;
import dunlin.host.compile.Layout;
import dunlin.host.flock.Progress;
import dunlin.host.forecast.PassForecast;
import dunlin.host.forecast.Rehearsal;
import dunlin.host.plan.Plan;
import dunlin.host.plan.Planner;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What a token takes on flocks of other sizes that are wired as a plan is.
 *
 * @param points the fewest nodes first
 * @param misfits sizes that cannot be, and why
 */
public record Scaling(List<Point> points, List<Misfit> misfits) {
  /**
   * A flock.
   *
   * @param nodes how many
   * @param nanos that a token takes
   * @param microjoules that it takes, of all boards
   * @param planned whether it is the plan itself; all others are of the root's type, in equal parts
   */
  public record Point(int nodes, long nanos, double microjoules, boolean planned) {}

  /** A number of nodes that cannot be. */
  public record Misfit(int nodes, String why) {}

  /**
   * Rehearses 1, 2, 4, 8 … nodes.
   *
   * @param pass what the plan itself takes
   * @param most nodes
   */
  public static Scaling of(Plan plan, PassForecast pass, int most, Progress progress) {
    TreeSet<Integer> counts = new TreeSet<>(List.of(plan.members().size()));
    for (int nodes = 1; nodes <= most; nodes *= 2) {
      counts.add(nodes);
    }
    List<Point> points = new ArrayList<>();
    List<Misfit> misfits = new ArrayList<>();
    return progress.during(
        "Rehearsing flocks",
        counts.size(),
        done -> {
          for (int nodes : counts) {
            if (nodes == plan.members().size()) {
              points.add(new Point(nodes, pass.nanos(), pass.microjoules(), true));
            } else {
              rehearse(plan, nodes, points, misfits);
            }
            done.accept(points.size() + misfits.size());
          }
          return new Scaling(points, misfits);
        });
  }

  private static void rehearse(Plan plan, int nodes, List<Point> points, List<Misfit> misfits) {
    try {
      Plan other = Planner.onNodes(plan, nodes);
      Layout layout = Layout.withoutRemedies(other);
      layout.requireFit();
      PassForecast pass = Rehearsal.typical(other, layout).orElseThrow();
      points.add(new Point(nodes, pass.nanos(), pass.microjoules(), false));
    } catch (Refusal cannotBe) {
      misfits.add(new Misfit(nodes, cannotBe.what()));
    }
  }

  /** How many times as fast as the smallest flock. */
  double speedUp(Point point) {
    return (double) points.get(0).nanos() / point.nanos();
  }

  /** All sizes, those that cannot be as well. */
  DataTable table() {
    List<List<Object>> rows = new ArrayList<>();
    for (Point point : points) {
      rows.add(
          List.of(
              point.nodes(),
              point.nanos() / 1e6,
              1e9 / point.nanos(),
              speedUp(point),
              point.microjoules() / 1e3,
              point.planned() ? "the plan" : ""));
    }
    misfits.forEach(no -> rows.add(List.of(no.nodes(), "–", "–", "–", "–", no.why())));
    return new DataTable(
        "node counts",
        List.of("nodes", "ms a token", "tokens a second", "speed-up", "mJ a token", "remark"),
        rows);
  }
}
