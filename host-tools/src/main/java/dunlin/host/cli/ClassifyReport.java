package dunlin.host.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dunlin.host.flock.Classification;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What {@code classify --json} writes: nothing of this computer's speed. */
record ClassifyReport(@JsonUnwrapped BuildReport build, Venue rig, List<Input> inputs) {

  /**
   * An input.
   *
   * @param scores the logits' softmax
   * @param wireBytes of all links, the console's included, both ways
   * @param virtualNanoseconds null where time is not virtual
   */
  record Input(
      String input,
      String label,
      Map<String, Double> scores,
      Map<String, Double> logits,
      long wireBytes,
      @JsonInclude(JsonInclude.Include.NON_NULL) Long virtualNanoseconds) {}

  static ClassifyReport of(
      Built built, Venue venue, List<String> labels, List<Classification> found) {
    return new ClassifyReport(
        BuildReport.of(built),
        venue,
        found.stream()
            .map(
                one ->
                    new Input(
                        one.input(),
                        one.label(),
                        byLabel(labels, one.scores()),
                        byLabel(labels, one.logits()),
                        one.effort().wireBytes(),
                        venue.isVirtual() ? one.effort().nanoseconds() : null))
            .toList());
  }

  private static Map<String, Double> byLabel(List<String> labels, List<Double> values) {
    Map<String, Double> byLabel = new LinkedHashMap<>();
    IntStream.range(0, labels.size()).forEach(i -> byLabel.put(labels.get(i), values.get(i)));
    return byLabel;
  }

  /** What the boards hold, and what an input took, for people. */
  void summarise(Built built, PrintWriter out) {
    out.println(BoardsSummary.of(built));
    long bytes = inputs.stream().mapToLong(Input::wireBytes).sum() / inputs.size();
    String count = inputs.size() == 1 ? "1 input" : Numerals.grouped(inputs.size()) + " inputs";
    out.println(count + ", " + Numerals.grouped(bytes) + " bytes on the wires for each");
    out.flush();
  }
}
