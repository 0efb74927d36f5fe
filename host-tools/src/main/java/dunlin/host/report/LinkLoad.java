package dunlin.host.report;

import dunlin.host.compile.Layout;
import dunlin.host.compile.LinkTraffic;
import dunlin.host.compile.Traffic;
import dunlin.host.forecast.PassForecast;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.Plan;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a token that is decoded, the mean over the vocabulary, or an input that is classified puts
 * on the link between a node and its parent.
 *
 * @param rank of the node
 * @param parent the rank above; -1 for the host
 * @param kind of the link
 * @param down bytes away from the host
 * @param up bytes towards it
 * @param nanos in which the link carries them: a UART both ways at once, SPI by one clock
 * @param utilisation share of the pass's time; nothing where that is not known
 */
record LinkLoad(
    int rank,
    int parent,
    LinkKind kind,
    double down,
    double up,
    double nanos,
    Optional<Double> utilisation) {

  /** All links of a plan, by rank. */
  static List<LinkLoad> of(Plan plan, Layout layout, Optional<PassForecast> pass) {
    Traffic.Typical typical = layout.traffic().typical(1);
    return IntStream.range(0, plan.members().size())
        .mapToObj(rank -> of(plan, rank, typical.sum().links().get(rank), typical.passes(), pass))
        .toList();
  }

  private static LinkLoad of(
      Plan plan, int rank, LinkTraffic traffic, double passes, Optional<PassForecast> pass) {
    LinkKind kind = rank == 0 ? plan.host() : plan.link();
    double down = LinkTraffic.total(traffic.down()).bytes() / passes;
    double up = LinkTraffic.total(traffic.up()).bytes() / passes;
    double carried = kind == LinkKind.UART ? Math.max(down, up) : down + up;
    double nanos = 1e9 * carried / kind.bytesPerSecond(plan.members().get(rank).board());
    return new LinkLoad(
        rank,
        plan.wiring().parent(rank),
        kind,
        down,
        up,
        nanos,
        pass.map(whole -> nanos / whole.nanos()));
  }

  /** Both ways. */
  double bytes() {
    return down + up;
  }

  /** What carries it, for people. */
  String ends() {
    return (parent < 0 ? "host" : "node " + parent) + " – node " + rank;
  }
}
