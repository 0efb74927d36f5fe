package dunlin.host.evaluate;

import dunlin.boards.BoardType;
import dunlin.firmware.Request;
import dunlin.host.compile.Compiler;
import dunlin.host.compile.NodeImage;
import dunlin.host.model.FloatModel;
import dunlin.host.oracle.Oracle;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.host.plan.Planner;
import dunlin.host.quantise.QuantisedModel;
import dunlin.host.run.Coordinator;
import dunlin.host.run.EmulatedFlock;
import dunlin.host.run.Generator;
import dunlin.host.run.Sampling;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * What quantisation costs on a text: the integer model, on an emulated board, against the oracle,
 * both fed the text itself.
 *
 * @param tokens predicted
 * @param floatPerplexity exp of the mean negative log likelihood of the text
 * @param int8Perplexity the same
 * @param agreement share of positions where both find the same token likeliest
 * @param worstLogitError largest difference of a logit
 */
public record Evaluation(
    long tokens,
    double floatPerplexity,
    double int8Perplexity,
    double agreement,
    double worstLogitError) {

  /** Rows of a pass: enough to share each weight among many. */
  private static final int CHUNK = 16;

  /** int8 perplexity over float perplexity, less 1. */
  public double perplexityLoss() {
    return int8Perplexity / floatPerplexity - 1;
  }

  /**
   * Evaluates, on all cores.
   *
   * @param sequences token sequences, each within the model's context
   * @param progress told the number of tokens done since the last call
   */
  public static Evaluation of(
      FloatModel model,
      QuantisedModel quantised,
      BoardType board,
      List<int[]> sequences,
      IntConsumer progress) {
    int longest = sequences.stream().mapToInt(s -> s.length).max().orElseThrow();
    PlanOptions options =
        new PlanOptions(longest, Math.min(CHUNK, longest), null, Inspection.ALL_LOGITS);
    Plan plan = Planner.plan(quantised, board, options);
    List<NodeImage> images = Compiler.compile(plan);
    return sequences.parallelStream()
        .map(
            sequence -> {
              Tally tally = story(model, plan, images, sequence);
              progress.accept(sequence.length);
              return tally;
            })
        .reduce(Tally.NONE, Tally::plus)
        .evaluation();
  }

  private static Tally story(FloatModel model, Plan plan, List<NodeImage> images, int[] sequence) {
    Coordinator coordinator = new Coordinator(new EmulatedFlock(plan, images));
    Generator generator = new Generator(coordinator, coordinator.hello());
    Oracle oracle = new Oracle(model);
    Tally tally = Tally.NONE;
    for (int from = 0; from < sequence.length - 1; from += CHUNK) {
      int to = Math.min(from + CHUNK, sequence.length - 1);
      int[] logits =
          generator
              .feed(
                  Arrays.copyOfRange(sequence, from, to),
                  Request.SAMPLE | Request.SEND_LOGITS,
                  Sampling.GREEDY)
              .logits();
      for (int position = from; position < to; position++) {
        double[] exact = oracle.forward(sequence[position], position);
        double[] integer = new double[exact.length];
        for (int i = 0; i < integer.length; i++) {
          int logit = logits[(position - from) * exact.length + i];
          integer[i] = Math.scalb((double) logit, -QuantisedModel.LOGIT_FRACTION);
        }
        tally = tally.plus(Tally.of(exact, integer, sequence[position + 1]));
      }
    }
    return tally;
  }

  /** Sums over positions. */
  private record Tally(long tokens, double floatLoss, double int8Loss, long agreed, double worst) {
    static final Tally NONE = new Tally(0, 0, 0, 0, 0);

    static Tally of(double[] exact, double[] integer, int next) {
      double worst = 0;
      for (int i = 0; i < exact.length; i++) {
        worst = Math.max(worst, Math.abs(exact[i] - integer[i]));
      }
      boolean same = argMax(exact) == argMax(integer);
      return new Tally(1, loss(exact, next), loss(integer, next), same ? 1 : 0, worst);
    }

    Tally plus(Tally other) {
      return new Tally(
          tokens + other.tokens,
          floatLoss + other.floatLoss,
          int8Loss + other.int8Loss,
          agreed + other.agreed,
          Math.max(worst, other.worst));
    }

    Evaluation evaluation() {
      return new Evaluation(
          tokens,
          Math.exp(floatLoss / tokens),
          Math.exp(int8Loss / tokens),
          (double) agreed / tokens,
          worst);
    }

    /** -ln softmax(logits)[token]. */
    private static double loss(double[] logits, int token) {
      double max = logits[argMax(logits)];
      double sum = 0;
      for (double logit : logits) {
        sum += Math.exp(logit - max);
      }
      return Math.log(sum) - (logits[token] - max);
    }

    private static int argMax(double[] values) {
      int best = 0;
      for (int i = 1; i < values.length; i++) {
        if (values[i] > values[best]) {
          best = i;
        }
      }
      return best;
    }
  }
}
