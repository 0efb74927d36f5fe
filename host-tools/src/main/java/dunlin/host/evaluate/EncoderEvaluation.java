package dunlin.host.evaluate;

import dunlin.boards.BoardType;
import dunlin.host.features.LabelledInputs.Labelled;
import dunlin.host.model.EncoderModel;
import dunlin.host.oracle.EncoderOracle;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.quantise.QuantisedEncoder;
import dunlin.host.run.Classifier;
import dunlin.host.run.Coordinator;
import dunlin.host.run.EmulatedFlock;
import dunlin.host.run.EncoderPass;
import dunlin.host.run.PassResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * What quantisation costs on labelled inputs: the integer model, on an emulated board, against the
 * oracle.
 *
 * @param inputs how many
 * @param floatAccuracy share of inputs whose label the oracle finds
 * @param int8Accuracy the same
 * @param agreement share of inputs where both find the same label
 * @param meanCosine of the two models' logits
 * @param worstCosine the least
 * @param confusion int8's: a row for each label of an input, a column for each label found
 */
public record EncoderEvaluation(
    int inputs,
    double floatAccuracy,
    double int8Accuracy,
    double agreement,
    double meanCosine,
    double worstCosine,
    int[][] confusion) {

  /** One input's outcome: labels by number. */
  private record Outcome(int label, int oracle, int found, double cosine) {}

  /**
   * Evaluates.
   *
   * @param inputs at least one
   * @param progress told the number of inputs done
   */
  public static EncoderEvaluation of(
      EncoderModel model,
      QuantisedEncoder quantised,
      BoardType board,
      List<Labelled> inputs,
      IntConsumer progress) {
    EncoderOracle oracle = new EncoderOracle(model);
    List<String> labels = model.config().labels();
    EncoderPass pass = pass(quantised, board);
    List<Outcome> outcomes = new ArrayList<>();
    for (Labelled labelled : inputs) {
      double[] logits = oracle.forward(labelled.input());
      PassResult found = pass.of(labelled.input());
      int label = labels.indexOf(labelled.label());
      double cosine = Cosine.of(logits, found.logits());
      outcomes.add(new Outcome(label, largest(logits), found.token(), cosine));
      progress.accept(outcomes.size());
    }
    return of(labels.size(), outcomes);
  }

  /** Asks one emulated board. */
  static EncoderPass pass(QuantisedEncoder quantised, BoardType board) {
    Plan plan = Planner.plan(quantised, board, PlanOptions.DEFAULT);
    Coordinator coordinator = new Coordinator(new EmulatedFlock(plan));
    Classifier classifier = new Classifier(coordinator, coordinator.hello());
    return new EncoderPass(classifier, quantised, plan.context());
  }

  private static EncoderEvaluation of(int labels, List<Outcome> outcomes) {
    int[][] confusion = new int[labels][labels];
    outcomes.forEach(outcome -> confusion[outcome.label()][outcome.found()]++);
    double count = outcomes.size();
    return new EncoderEvaluation(
        outcomes.size(),
        outcomes.stream().filter(o -> o.oracle() == o.label()).count() / count,
        outcomes.stream().filter(o -> o.found() == o.label()).count() / count,
        outcomes.stream().filter(o -> o.found() == o.oracle()).count() / count,
        outcomes.stream().mapToDouble(Outcome::cosine).average().orElseThrow(),
        outcomes.stream().mapToDouble(Outcome::cosine).min().orElseThrow(),
        confusion);
  }

  private static int largest(double[] logits) {
    return IntStream.range(0, logits.length)
        .reduce((a, b) -> logits[b] > logits[a] ? b : a)
        .orElseThrow();
  }
}
