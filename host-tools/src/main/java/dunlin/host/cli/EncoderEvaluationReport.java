package dunlin.host.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dunlin.host.evaluate.EncoderEvaluation;
import dunlin.host.evaluate.EncoderLayers;
import dunlin.host.quantise.QuantisedEncoder;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * What {@code evaluate --labelled --json} writes.
 *
 * @param layers null unless asked for
 */
record EncoderEvaluationReport(
    String model,
    String modelHash,
    List<String> labels,
    @JsonUnwrapped EncoderEvaluation evaluation,
    EncoderLayers layers) {

  static EncoderEvaluationReport of(
      String model,
      QuantisedEncoder quantised,
      EncoderEvaluation evaluation,
      EncoderLayers layers) {
    return new EncoderEvaluationReport(
        model, PlanSummary.hash(quantised.hash()), quantised.config().labels(), evaluation, layers);
  }

  void print(PrintWriter out) {
    new Table(1)
        .row("inputs", "" + evaluation.inputs())
        .row("accuracy, float", percent(evaluation.floatAccuracy()))
        .row("accuracy, int8", percent(evaluation.int8Accuracy()))
        .row("agreement", percent(evaluation.agreement()))
        .row("cosine of logits, mean", cosine(evaluation.meanCosine()))
        .row("  worst", cosine(evaluation.worstCosine()))
        .print(out);
    out.println();
    out.println("what int8 took for something else:");
    printMistakes(out);
    if (layers != null) {
      out.println();
      new EncoderLayersText(layers, "on the first input").print(out);
    }
  }

  private void printMistakes(PrintWriter out) {
    Table table = new Table(2).row("label", "taken for", "inputs");
    boolean any = false;
    for (int is = 0; is < labels.size(); is++) {
      for (int found = 0; found < labels.size(); found++) {
        int count = evaluation.confusion()[is][found];
        if (is != found && count > 0) {
          table.row(labels.get(is), labels.get(found), "" + count);
          any = true;
        }
      }
    }
    if (any) {
      table.print(out);
    } else {
      out.println("nothing");
    }
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  static String cosine(double cosine) {
    return String.format(Locale.ROOT, "%.6f", cosine);
  }
}
