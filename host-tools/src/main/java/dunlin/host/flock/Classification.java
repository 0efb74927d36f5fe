package dunlin.host.flock;

import java.util.Arrays;
import java.util.List;

/**
 * What an encoder made of an input.
 *
 * @param input its name
 * @param label the likeliest
 * @param logits of all labels, in the model's order, natural-log units
 * @param effort what it took
 */
public record Classification(String input, String label, List<Double> logits, Effort effort) {

  /** What share of certainty each label has: the logits' softmax. */
  public List<Double> scores() {
    double most = logits.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    double[] powers = logits.stream().mapToDouble(logit -> Math.exp(logit - most)).toArray();
    double sum = Arrays.stream(powers).sum();
    return Arrays.stream(powers).mapToObj(power -> power / sum).toList();
  }
}
