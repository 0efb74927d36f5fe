package dunlin.host.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dunlin.host.answer.Answer;
import dunlin.host.answer.Answers;
import dunlin.host.flock.Effort;
import java.io.PrintWriter;
import java.util.List;

/**
 * What {@code answer --json} writes: nothing of this computer's speed.
 *
 * @param answers the best first
 * @param noAnswer the score of there being none
 * @param windows in which the text was read
 * @param tokens of all windows
 * @param wireBytes of all links, the console's included, both ways
 * @param virtualNanoseconds null where time is not virtual
 */
record AnswerReport(
    @JsonUnwrapped BuildReport build,
    Venue rig,
    String question,
    List<Answer> answers,
    double noAnswer,
    int windows,
    int tokens,
    long wireBytes,
    @JsonInclude(JsonInclude.Include.NON_NULL) Long virtualNanoseconds) {

  static AnswerReport of(Built built, Venue venue, String question, Answers found, Effort effort) {
    return new AnswerReport(
        BuildReport.of(built),
        venue,
        question,
        found.best(),
        found.none(),
        found.windows(),
        found.tokens(),
        effort.wireBytes(),
        venue.isVirtual() ? effort.nanoseconds() : null);
  }

  /** What the boards hold, and what the answer took, for people. */
  void summarise(Built built, PrintWriter out) {
    out.println(BoardsSummary.of(built));
    out.println(
        "%s tokens in %s, %s bytes on the wires"
            .formatted(
                Numerals.grouped(tokens),
                windows == 1 ? "one window" : windows + " windows",
                Numerals.grouped(wireBytes)));
    out.flush();
  }
}
