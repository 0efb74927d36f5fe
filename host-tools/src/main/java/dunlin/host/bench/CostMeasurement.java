package dunlin.host.bench;

import dunlin.host.compile.Quantity;
import java.util.Map;

/**
 * What an op takes on a core.
 *
 * @param op its kind
 * @param factors instructions for each of a quantity
 * @param samples that they were fitted to
 * @param worst the largest relative error among the samples
 */
public record CostMeasurement(
    String op, Map<Quantity, Double> factors, int samples, double worst) {}
