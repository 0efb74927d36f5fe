package dunlin.host.report;

import java.util.ArrayList;
import java.util.List;

/** Nodes by rank, for people. */
final class Ranks {
  private Ranks() {}

  /**
   * As "node 3" or "nodes 0, 2–5".
   *
   * @param rising at least one
   */
  static String of(List<Integer> rising) {
    List<String> runs = new ArrayList<>();
    for (int first = 0, last; first < rising.size(); first = last + 1) {
      last = first;
      while (last + 1 < rising.size() && rising.get(last + 1) == rising.get(last) + 1) {
        last++;
      }
      runs.add(first == last ? "" + rising.get(first) : rising.get(first) + "–" + rising.get(last));
    }
    return (rising.size() == 1 ? "node " : "nodes ") + String.join(", ", runs);
  }
}
