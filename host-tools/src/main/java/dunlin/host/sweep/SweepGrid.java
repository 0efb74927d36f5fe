package dunlin.host.sweep;

import dunlin.host.plan.LinkKind;
import dunlin.host.plan.Topology;
import dunlin.host.search.Objective;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every model on every board, in every flock.
 *
 * @param flocks that are given, or to be found
 * @param context tokens that the caches hold; 0 for as many as each model was trained for
 */
public record SweepGrid(
    List<SweepModel> models, List<SweepBoard> boards, List<Wanted> flocks, int context) {

  /** Flocks of every number of nodes, wired and divided in every way that is named, equal parts. */
  public static List<Wanted> given(
      List<Integer> counts, List<Topology> topologies, List<LinkKind> links, List<Integer> stages) {
    List<Wanted> flocks = new ArrayList<>();
    for (int nodes : counts) {
      for (Topology topology : topologies) {
        for (LinkKind link : links) {
          for (int groups : stages) {
            flocks.add(new Wanted.Given(nodes, topology, link, groups));
          }
        }
      }
    }
    return flocks;
  }

  /** The best flock for every objective. */
  public static List<Wanted> best(List<Objective> objectives, int most) {
    return objectives.stream().<Wanted>map(of -> new Wanted.Best(of, most)).toList();
  }

  /** All points, models slowest; no two alike. */
  public Collection<SweepPoint> points() {
    Map<SweepRow.Key, SweepPoint> points = new LinkedHashMap<>();
    for (SweepModel model : models) {
      for (SweepBoard board : boards) {
        for (Wanted flock : flocks) {
          SweepPoint point = new SweepPoint(model, board, flock, context);
          points.putIfAbsent(point.key(), point);
        }
      }
    }
    return points.values();
  }
}
