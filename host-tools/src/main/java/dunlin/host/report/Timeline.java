package dunlin.host.report;

import dunlin.host.forecast.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When a node is busy with one kind of work, in as few bars as a picture can show. What follows
 * within the resolution goes on with the same bar, unless both are long and of different ops: bytes
 * that come one by one are a bar in which the node is busy for a part of the time.
 */
final class Timeline {
  /**
   * A bar.
   *
   * @param op the number of the op that takes most of it
   * @param from nanoseconds after the pass began
   * @param end nanoseconds after the pass began
   * @param busy nanoseconds between, at most all
   */
  record Bar(int op, long from, long end, long busy) {
    /** The part of the time in which the node is busy. */
    double share() {
      return (double) busy / (end - from);
    }
  }

  private final long resolution;
  private final List<Bar> bars = new ArrayList<>();
  private final Map<Integer, Long> ops = new HashMap<>();

  private Timeline(long resolution) {
    this.resolution = resolution;
  }

  /**
   * The bars of a node, in order of time; no two overlap.
   *
   * @param spans of one kind, in order of time
   * @param resolution nanoseconds
   */
  static List<Bar> bars(List<Span> spans, long resolution) {
    Timeline timeline = new Timeline(resolution);
    spans.forEach(timeline::add);
    return timeline.bars;
  }

  private void add(Span span) {
    long end = span.from() + span.nanos();
    if (!bars.isEmpty() && goesOn(bars.get(bars.size() - 1), span)) {
      Bar bar = bars.remove(bars.size() - 1);
      ops.merge(span.op(), span.nanos(), Long::sum);
      int op = ops.get(span.op()) > ops.get(bar.op()) ? span.op() : bar.op();
      bars.add(new Bar(op, bar.from(), end, bar.busy() + span.nanos()));
    } else {
      ops.clear();
      ops.put(span.op(), span.nanos());
      bars.add(new Bar(span.op(), span.from(), end, span.nanos()));
    }
  }

  private boolean goesOn(Bar bar, Span span) {
    boolean near = span.from() - bar.end() <= resolution;
    boolean bothLong = bar.end() - bar.from() > resolution && span.nanos() > resolution;
    return near && (span.op() == bar.op() || !bothLong);
  }
}
