package dunlin.host.compile;

import dunlin.host.compile.Traffic.Kind;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the link between a node and its parent, or the root and the host, carries.
 *
 * @param down away from the host, by kind; kinds that do not occur are left out
 * @param up towards the host
 */
public record LinkTraffic(Map<Kind, Volume> down, Map<Kind, Volume> up) {
  /** Nothing. */
  static final LinkTraffic NONE = new LinkTraffic(Map.of(), Map.of());

  /** All kinds, both ways. */
  public Volume total() {
    return total(down).plus(total(up));
  }

  /** One kind, both ways. */
  public Volume of(Kind kind) {
    return down.getOrDefault(kind, Volume.NONE).plus(up.getOrDefault(kind, Volume.NONE));
  }

  /** All kinds of one direction. */
  public static Volume total(Map<Kind, Volume> direction) {
    return direction.values().stream().reduce(Volume.NONE, Volume::plus);
  }

  /** This, and another {@code count} times. */
  LinkTraffic plus(LinkTraffic other, long count) {
    return new LinkTraffic(plus(down, other.down, count), plus(up, other.up, count));
  }

  private static Map<Kind, Volume> plus(
      Map<Kind, Volume> one, Map<Kind, Volume> other, long count) {
    Map<Kind, Volume> sum = new EnumMap<>(Kind.class);
    sum.putAll(one);
    other.forEach((kind, volume) -> sum.merge(kind, volume.times(count), Volume::plus));
    return sum;
  }
}
