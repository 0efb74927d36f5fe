package dunlin.host.answer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The likeliest pairs of a start and an end that came up in any window. */
final class Spans {
  /** As in the official evaluation of SQuAD: an answer is short. */
  private static final int LONGEST = 30;

  /**
   * A pair.
   *
   * @param first piece of the text
   * @param last piece of the text, not before the first
   */
  record Span(int first, int last, double score, double probability) {}

  private record Place(int first, int last) {}

  private static final Comparator<Span> BEST_FIRST =
      Comparator.comparingDouble(Span::score).reversed();

  private final Map<Place, Span> best = new LinkedHashMap<>();

  /**
   * Adds a window's pairs.
   *
   * @param from the window's first piece
   * @param starts a logit for each of the window's pieces
   * @param ends the same
   */
  void add(int from, double[] starts, double[] ends) {
    double all = logSum(starts) + logSum(ends);
    for (int first = 0; first < starts.length; first++) {
      for (int last = first; last < Math.min(starts.length, first + LONGEST); last++) {
        double score = starts[first] + ends[last];
        Span span = new Span(from + first, from + last, score, Math.exp(score - all));
        best.merge(
            new Place(span.first(), span.last()),
            span,
            (one, other) -> other.score() > one.score() ? other : one);
      }
    }
  }

  /** log Σ exp. */
  private static double logSum(double[] logits) {
    double most = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      most = Math.max(most, logit);
    }
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit - most);
    }
    return most + Math.log(sum);
  }

  /** The best, at most {@code count}; of equals the one that begins first. */
  List<Span> best(int count) {
    List<Span> spans = new ArrayList<>(best.values());
    spans.sort(BEST_FIRST);
    return spans.subList(0, Math.min(count, spans.size()));
  }
}
