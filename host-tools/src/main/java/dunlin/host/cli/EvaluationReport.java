package dunlin.host.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dunlin.host.evaluate.Evaluation;
import dunlin.host.evaluate.LayerComparison;
import dunlin.host.evaluate.LayerComparison.OpError;
import dunlin.host.quantise.QuantisedModel;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * What {@code evaluate --json} writes.
 *
 * @param layers null, and left out, without {@code --layers}
 * @param firstDivergence null where there is none, and without {@code --layers}
 */
record EvaluationReport(
    String model,
    String modelHash,
    int stories,
    long tokens,
    double floatPerplexity,
    double int8Perplexity,
    double perplexityLoss,
    double agreement,
    double worstLogitError,
    @JsonInclude(JsonInclude.Include.NON_NULL) List<OpError> layers,
    OpError firstDivergence) {

  static EvaluationReport of(
      String model,
      QuantisedModel quantised,
      int stories,
      Evaluation evaluation,
      LayerComparison comparison) {
    return new EvaluationReport(
        model,
        PlanSummary.hash(quantised.hash()),
        stories,
        evaluation.tokens(),
        evaluation.floatPerplexity(),
        evaluation.int8Perplexity(),
        evaluation.perplexityLoss(),
        evaluation.agreement(),
        evaluation.worstLogitError(),
        comparison == null ? null : comparison.ops(),
        comparison == null ? null : comparison.firstDivergence().orElse(null));
  }

  void print(PrintWriter out) {
    new Table(1)
        .row("stories", format("%,d", stories))
        .row("tokens predicted", format("%,d", tokens))
        .row("perplexity, float", format("%.4f", floatPerplexity))
        .row("perplexity, int8", format("%.4f", int8Perplexity))
        .row("  loss", format("%.2f %%", 100 * perplexityLoss))
        .row("top-1 agreement", format("%.2f %%", 100 * agreement))
        .row("worst logit error", format("%.4f", worstLogitError))
        .print(out);
    if (layers != null) {
      printLayers(out);
    }
  }

  private void printLayers(PrintWriter out) {
    out.println();
    Table table =
        new Table(2).row("layer", "op", "cosine", "worst", "at", "max error", "max magnitude");
    for (OpError op : layers) {
      table.row(
          op.layer() < 0 ? "" : "" + op.layer(),
          name(op),
          format("%.6f", op.cosine()),
          format("%.6f", op.worstCosine()),
          format("%d", op.worstPosition()),
          format("%.5f", op.maxError()),
          format("%.5f", op.maxMagnitude()));
    }
    table.print(out);
    out.println();
    out.println(
        "first divergence (cosine below " + LayerComparison.DIVERGED + "): " + divergence());
  }

  private String divergence() {
    if (firstDivergence == null) {
      return "none";
    }
    String layer = firstDivergence.layer() < 0 ? "" : "layer " + firstDivergence.layer() + " ";
    return layer + name(firstDivergence);
  }

  private static String name(OpError op) {
    return op.what().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String format(String format, Object value) {
    return String.format(Locale.ROOT, format, value);
  }
}
