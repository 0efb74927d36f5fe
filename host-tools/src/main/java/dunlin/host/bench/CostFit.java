package dunlin.host.bench;

import dunlin.host.compile.Quantity;
import dunlin.host.compile.Workload;
import dunlin.host.time.CoreCosts;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** From samples to factors: first those of a step, which is in all ops, then each op's own. */
final class CostFit {
  /** An op that does nothing but take a step. */
  private static final String EMPTY = "end_prefill";

  /** Of a sample; what never makes more is noise. */
  private static final double LEAST = 1e-3;

  private static final MathContext DIGITS = new MathContext(4);

  /** What a step takes; nothing until that is known. */
  private CoreCosts steps = new CoreCosts(Map.of());

  private CostFit() {}

  /** The factors of all ops that there are samples of: the step's first, then by name. */
  static List<CostMeasurement> of(List<CostSample> samples) {
    Map<String, List<CostSample>> byOp =
        samples.stream()
            .collect(Collectors.groupingBy(CostSample::op, TreeMap::new, Collectors.toList()));
    CostFit fit = new CostFit();
    List<CostMeasurement> fitted = new ArrayList<>();
    fitted.add(fit.fit(CoreCosts.STEP, byOp.remove(EMPTY)));
    fit.steps = new CoreCosts(Map.of(CoreCosts.STEP, fitted.get(0).factors()));
    byOp.forEach((op, all) -> fitted.add(fit.fit(op, all)));
    return fitted;
  }

  private CostMeasurement fit(String op, List<CostSample> samples) {
    List<Quantity> quantities = quantities(op, samples);
    double[] found =
        new LeastSquares(
                samples.stream().map(sample -> counts(sample, quantities)).toArray(double[][]::new),
                figures(samples, sample -> sample.instructions() - inSteps(sample)),
                figures(samples, CostSample::instructions))
            .factors();
    Map<Quantity, Double> factors = new EnumMap<>(Quantity.class);
    for (int i = 0; i < found.length; i++) {
      if (found[i] * largestShare(quantities.get(i), samples) > LEAST) {
        factors.put(quantities.get(i), new BigDecimal(found[i], DIGITS).doubleValue());
      }
    }
    double worst = samples.stream().mapToDouble(s -> error(s, factors)).max().orElseThrow();
    return new CostMeasurement(op, factors, samples.size(), worst);
  }

  /** Those that the samples have; the ports that an op's step looks at are the step's. */
  private static List<Quantity> quantities(String op, List<CostSample> samples) {
    boolean ports = op.equals(CoreCosts.STEP) || op.equals(Workload.LINK);
    return Arrays.stream(Quantity.values())
        .filter(quantity -> ports || quantity != Quantity.PORT)
        .filter(quantity -> samples.stream().anyMatch(sample -> count(sample, quantity) != 0))
        .toList();
  }

  private static double largestShare(Quantity quantity, List<CostSample> samples) {
    return samples.stream()
        .mapToDouble(sample -> (double) count(sample, quantity) / sample.instructions())
        .max()
        .orElseThrow();
  }

  private double error(CostSample sample, Map<Quantity, Double> factors) {
    double sum = inSteps(sample);
    for (Map.Entry<Quantity, Double> factor : factors.entrySet()) {
      sum += factor.getValue() * count(sample, factor.getKey());
    }
    return Math.abs(sum / sample.instructions() - 1);
  }

  private double inSteps(CostSample sample) {
    return steps.step(sample.steps(), sample.ports());
  }

  private static double[] figures(List<CostSample> samples, ToDoubleFunction<CostSample> figure) {
    return samples.stream().mapToDouble(figure).toArray();
  }

  private static double[] counts(CostSample sample, List<Quantity> quantities) {
    return quantities.stream().mapToDouble(quantity -> count(sample, quantity)).toArray();
  }

  private static long count(CostSample sample, Quantity quantity) {
    return sample.counts().getOrDefault(quantity, 0L);
  }
}
