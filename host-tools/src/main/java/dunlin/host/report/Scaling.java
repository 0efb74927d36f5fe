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
 * @param points flocks of boards like the plan's root in equal parts, the fewest nodes first
 * @param plan the plan itself: one of the points, where it is such a flock
 * @param misfits sizes that cannot be, and why
 */
public record Scaling(List<Point> points, Point plan, List<Misfit> misfits) {
  /**
   * A flock.
   *
   * @param nodes how many
   * @param nanos that a token takes
   * @param microjoules that it takes, of all boards
   */
  public record Point(int nodes, long nanos, double microjoules) {}

  /** A number of nodes that cannot be. */
  public record Misfit(int nodes, String why) {}

  /**
   * Rehearses 1, 2, 4, 8 … nodes, and as many as the plan has.
   *
   * @param pass what the plan itself takes
   * @param most nodes
   */
  public static Scaling of(Plan plan, PassForecast pass, int most, Progress progress) {
    TreeSet<Integer> counts = new TreeSet<>(List.of(plan.members().size()));
    for (int nodes = 1; nodes <= most; nodes *= 2) {
      counts.add(nodes);
    }
    Point planned = point(plan, pass);
    List<Point> points = new ArrayList<>();
    List<Misfit> misfits = new ArrayList<>();
    return progress.during(
        "Rehearsing flocks",
        counts.size(),
        done -> {
          for (int nodes : counts) {
            try {
              Plan even = Planner.onNodes(plan, nodes);
              boolean same = even.members().equals(plan.members());
              points.add(same ? planned : rehearsed(even));
            } catch (Refusal cannotBe) {
              misfits.add(new Misfit(nodes, cannotBe.what()));
            }
            done.accept(points.size() + misfits.size());
          }
          return new Scaling(points, planned, misfits);
        });
  }

  private static Point rehearsed(Plan plan) {
    Layout layout = Layout.withoutRemedies(plan);
    layout.requireFit();
    return point(plan, Rehearsal.typical(plan, layout).orElseThrow());
  }

  private static Point point(Plan plan, PassForecast pass) {
    return new Point(plan.members().size(), pass.nanos(), pass.microjoules());
  }

  /** Whether the plan is one of boards of another type, or in other parts. */
  boolean isApart() {
    return !points.contains(plan);
  }

  /** What speed-up is against: the smallest flock. */
  Point smallest() {
    return points.isEmpty() || plan.nodes() < points.get(0).nodes() ? plan : points.get(0);
  }

  /** How many times as fast as the smallest flock. */
  double speedUp(Point point) {
    return (double) smallest().nanos() / point.nanos();
  }

  /** All sizes, those that cannot be as well. */
  DataTable table(String one, String unit) {
    List<List<Object>> rows = new ArrayList<>();
    points.forEach(point -> rows.add(row(point, point.equals(plan) ? "the plan" : "")));
    if (isApart()) {
      rows.add(row(plan, "the plan, in other parts"));
    }
    misfits.forEach(no -> rows.add(List.of(no.nodes(), "–", "–", "–", "–", no.why())));
    return new DataTable(
        "node counts",
        List.of("nodes", "ms " + one, unit + "s a second", "speed-up", "mJ " + one, "remark"),
        rows);
  }

  private List<Object> row(Point point, String remark) {
    return List.of(
        point.nodes(),
        point.nanos() / 1e6,
        1e9 / point.nanos(),
        speedUp(point),
        point.microjoules() / 1e3,
        remark);
  }
}
