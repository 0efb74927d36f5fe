package dunlin.host.report;

import dunlin.host.forecast.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * When a node is busy, in as few bars as a picture can show. Spans that begin within the resolution
 * of each other become one bar for what computes and one for what moves; a bar is as long as they
 * are together, so the picture shows each for as long as it takes.
 */
final class Timeline {
  /**
   * A bar.
   *
   * @param op the number of the op that takes most of it
   * @param moves whether bytes of links; else it computes
   * @param from nanoseconds after the pass began
   * @param nanos how long
   */
  record Bar(int op, boolean moves, long from, long nanos) {
    long end() {
      return from + nanos;
    }
  }

  private Timeline() {}

  /**
   * The bars of a node, in order of time; no two overlap.
   *
   * @param spans of the node, in order of time
   * @param resolution nanoseconds
   */
  static List<Bar> bars(List<Span> spans, long resolution) {
    List<Bar> bars = new ArrayList<>();
    for (int first = 0, next; first < spans.size(); first = next) {
      next = first + 1;
      while (next < spans.size() && spans.get(next).from() - spans.get(first).from() < resolution) {
        next++;
      }
      add(bars, spans.subList(first, next));
    }
    return bars;
  }

  /** What comes first is drawn first. */
  private static void add(List<Bar> bars, List<Span> near) {
    long from = near.get(0).from();
    Map<Boolean, List<Span>> kinds =
        near.stream()
            .collect(Collectors.groupingBy(Span::moves, LinkedHashMap::new, Collectors.toList()));
    for (List<Span> alike : kinds.values()) {
      long nanos = alike.stream().mapToLong(Span::nanos).sum();
      Span longest = alike.stream().max(Comparator.comparingLong(Span::nanos)).orElseThrow();
      bars.add(new Bar(longest.op(), longest.moves(), from, nanos));
      from += nanos;
    }
  }
}
