package dunlin.host.forecast;

import java.util.List;

/**
 * What a pass takes.
 *
 * @param nanos from the request, when the host begins to send it, to the result at the host
 * @param wireBytes on all links, both ways, the console's included
 * @param nodes by rank
 */
public record PassForecast(long nanos, long wireBytes, List<NodeForecast> nodes) {
  /** Of all nodes. */
  public Energy energy() {
    return nodes.stream().map(NodeForecast::energy).reduce(Energy.NONE, Energy::plus);
  }

  /** Of all nodes. */
  public double microjoules() {
    return energy().total();
  }
}
