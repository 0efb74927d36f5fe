package dunlin.host.bench;

import dunlin.host.compile.Quantity;
import java.util.EnumMap;
import java.util.Map;

/**
 * What was executed, and what it took.
 *
 * @param op its kind
 * @param counts of every quantity
 * @param steps of the node's machine that are in the instructions
 * @param ports that were looked at in these steps
 * @param instructions exact
 */
record CostSample(
    String op, Map<Quantity, Long> counts, long steps, long ports, long instructions) {

  /** Both, as if they were one. */
  CostSample plus(CostSample other) {
    Map<Quantity, Long> sum = new EnumMap<>(Quantity.class);
    sum.putAll(counts);
    other.counts.forEach((quantity, count) -> sum.merge(quantity, count, Long::sum));
    return new CostSample(
        op, sum, steps + other.steps, ports + other.ports, instructions + other.instructions);
  }
}
