package dunlin.host.cli;

import dunlin.boards.BoardType;
import dunlin.host.compile.Layout;
import dunlin.host.compile.LinkTraffic;
import dunlin.host.compile.PassTraffic;
import dunlin.host.compile.Traffic;
import dunlin.host.compile.Volume;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.Plan;
import dunlin.host.quantise.QuantisedDecoder;
import java.util.List;
import java.util.Locale;

/**
 * What goes over the wires to decode a token, the mean over all tokens of the vocabulary and the
 * extremes, or to classify an input, which is always the same.
 *
 * @param topK the draws are among so many; 0 for greedy ones and those among all tokens
 * @param links the link of each node to its parent, by rank
 * @param busiest the rank whose link carries most
 * @param busiestMicroseconds that link is busy
 */
record PassWires(
    int topK,
    double bytes,
    long leastBytes,
    long mostBytes,
    List<Kind> kinds,
    List<Double> links,
    int busiest,
    double busiestMicroseconds) {

  static PassWires of(Layout layout, Plan plan, int asked) {
    boolean draws = plan.model() instanceof QuantisedDecoder;
    int topK = draws && asked < plan.model().config().vocabulary() ? asked : 0;
    Traffic.Typical typical = layout.traffic().typical(Math.max(1, topK));
    PassTraffic sum = typical.sum();
    double passes = typical.passes();
    BoardType board = plan.members().get(sum.busiest()).board();
    LinkKind by = sum.busiest() == 0 ? LinkKind.UART : plan.link(); // the console is a UART
    LinkTraffic busiest = sum.links().get(sum.busiest());
    return new PassWires(
        topK,
        sum.total().bytes() / passes,
        typical.least(),
        typical.most(),
        Traffic.kinds(plan.model()).stream()
            .map(kind -> Kind.of(kind, sum.of(kind), busiest.of(kind), passes))
            .toList(),
        sum.links().stream().map(link -> link.total().bytes() / passes).toList(),
        sum.busiest(),
        1e6 * busiest.total().bytes() / passes / by.bytesPerSecond(board));
  }

  /** What frames are there for, on all links and on the busiest. */
  record Kind(String kind, double frames, double bytes, double busiestFrames, double busiestBytes) {
    static Kind of(Traffic.Kind kind, Volume all, Volume busiest, double passes) {
      return new Kind(
          kind.name().toLowerCase(Locale.ROOT),
          all.frames() / passes,
          all.bytes() / passes,
          busiest.frames() / passes,
          busiest.bytes() / passes);
    }
  }
}
