package dunlin.host.forecast;

import java.util.List;

/**
 * What a pass takes on one node.
 *
 * @param rank of the node
 * @param computeNanos in which it computes
 * @param linkNanos in which it is busy with bytes of links
 * @param idleNanos in which it waits
 * @param microjoules of energy
 * @param spans when it is busy with what
 */
public record NodeForecast(
    int rank,
    long computeNanos,
    long linkNanos,
    long idleNanos,
    double microjoules,
    List<Span> spans) {}
