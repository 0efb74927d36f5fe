package dunlin.host.compile;

import dunlin.host.compile.Traffic.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a pass, or several, put on the wires.
 *
 * @param links by rank: the link between that node and its parent; the root's parent is the host
 */
public record PassTraffic(List<LinkTraffic> links) {
  /** Nothing, for so many nodes. */
  static PassTraffic none(int nodes) {
    return new PassTraffic(IntStream.range(0, nodes).mapToObj(rank -> LinkTraffic.NONE).toList());
  }

  /** All links, all kinds. */
  public Volume total() {
    return links.stream().map(LinkTraffic::total).reduce(Volume.NONE, Volume::plus);
  }

  /** One kind on all links. */
  public Volume of(Kind kind) {
    return links.stream().map(link -> link.of(kind)).reduce(Volume.NONE, Volume::plus);
  }

  /** The rank whose link to its parent carries most bytes; the lowest of several. */
  public int busiest() {
    return IntStream.range(0, links.size())
        .boxed()
        .max(Comparator.comparingLong(rank -> links.get(rank).total().bytes()))
        .orElseThrow();
  }

  /** This, and another {@code count} times. */
  PassTraffic plus(PassTraffic other, long count) {
    return new PassTraffic(
        IntStream.range(0, links.size())
            .mapToObj(rank -> links.get(rank).plus(other.links.get(rank), count))
            .toList());
  }
}
