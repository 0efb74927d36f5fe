package dunlin.host.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dunlin.host.evaluate.EncoderLayers;
import dunlin.host.evaluate.SquadEvaluation;
import dunlin.host.quantise.QuantisedEncoder;
import java.io.PrintWriter;

/**
 * What {@code evaluate --squad --json} writes.
 *
 * @param layers null unless asked for
 */
record SquadReport(
    String model,
    String modelHash,
    @JsonUnwrapped SquadEvaluation evaluation,
    @JsonInclude(JsonInclude.Include.NON_NULL) Layers layers) {

  /**
   * Blocks beside the float model's.
   *
   * @param windows how many were read, of questions and texts
   */
  record Layers(int windows, @JsonUnwrapped EncoderLayers worst) {}

  static SquadReport of(
      String model, QuantisedEncoder quantised, SquadEvaluation evaluation, Layers layers) {
    return new SquadReport(model, PlanSummary.hash(quantised.hash()), evaluation, layers);
  }

  void print(PrintWriter out) {
    new Table(1)
        .row("questions", "" + evaluation.questions())
        .row("exact match, float", EncoderEvaluationReport.percent(evaluation.floatExact()))
        .row("exact match, int8", EncoderEvaluationReport.percent(evaluation.int8Exact()))
        .row("F1, float", EncoderEvaluationReport.percent(evaluation.floatF1()))
        .row("F1, int8", EncoderEvaluationReport.percent(evaluation.int8F1()))
        .row("same span", EncoderEvaluationReport.percent(evaluation.agreement()))
        .row("cosine of logits, mean", EncoderEvaluationReport.cosine(evaluation.meanCosine()))
        .row("  worst", EncoderEvaluationReport.cosine(evaluation.worstCosine()))
        .print(out);
    if (layers != null) {
      out.println();
      String on =
          layers.windows() == 1 ? "of one window" : "the worst of " + layers.windows() + " windows";
      new EncoderLayersText(layers.worst(), on).print(out);
    }
  }
}
