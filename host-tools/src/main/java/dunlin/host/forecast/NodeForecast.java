package dunlin.host.forecast;

import java.util.List;

/**
 * What a pass takes on one node.
 *
 * @param rank of the node
 * @param computeNanos in which it computes
 * @param linkNanos in which it is busy with bytes of links
 * @param offChipNanos in which it waits for weights from off the chip
 * @param idleNanos in which it waits for others
 * @param energy that it takes
 * @param spans when it is busy with what
 */
public record NodeForecast(
    int rank,
    long computeNanos,
    long linkNanos,
    long offChipNanos,
    long idleNanos,
    Energy energy,
    List<Span> spans) {
  /** All its energy. */
  public double microjoules() {
    return energy.total();
  }
}
