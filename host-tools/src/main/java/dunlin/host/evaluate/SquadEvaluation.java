package dunlin.host.evaluate;

import dunlin.boards.BoardType;
import dunlin.host.answer.Answer;
import dunlin.host.answer.Answerer;
import dunlin.host.answer.Answers;
import dunlin.host.answer.SquadFile;
import dunlin.host.answer.SquadFile.Asked;
import dunlin.host.answer.SquadScore;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.TokenSequence;
import dunlin.host.oracle.EncoderOracle;
import dunlin.host.quantise.QuantisedEncoder;
import dunlin.host.quantise.QuantisedModel;
import dunlin.host.run.EncoderPass;
import dunlin.host.tokenizer.WordPieces;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.function.IntConsumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What quantisation costs on questions: the integer model, on an emulated board, against the
 * oracle, both by SQuAD's measures.
 *
 * @param questions how many
 * @param floatExact share of questions that the oracle answers word for word
 * @param floatF1 mean of its answers' F1
 * @param int8Exact the same
 * @param int8F1 the same
 * @param agreement share of questions where both mark the same span, or none
 * @param meanCosine of the two models' logits, over windows
 * @param worstCosine the least
 */
public record SquadEvaluation(
    int questions,
    double floatExact,
    double floatF1,
    double int8Exact,
    double int8F1,
    double agreement,
    double meanCosine,
    double worstCosine) {

  /** From one window of a long text to the next, in tokens. */
  private static final int STRIDE = 128;

  private static final Answer NONE = new Answer("", 0, 0, 0, 0);

  /** One question's outcome. */
  private record Outcome(SquadScore oracle, SquadScore int8, boolean same) {}

  /**
   * Evaluates. Where the file has questions without an answer, a model may answer none: it does
   * where that scores highest.
   *
   * @param most tokens of a window
   * @param asked at least one
   * @param progress told the number of questions done
   */
  public static SquadEvaluation of(
      EncoderModel model,
      QuantisedEncoder quantised,
      BoardType board,
      WordPieces pieces,
      int most,
      SquadFile asked,
      IntConsumer progress) {
    Models models = new Models(model, EncoderEvaluation.pass(quantised, board));
    Answerer byOracle = new Answerer(pieces, most, STRIDE, models::floats);
    Answerer byInt8 = new Answerer(pieces, most, STRIDE, models::integers);
    List<Outcome> outcomes = new ArrayList<>();
    for (Asked one : asked.questions()) {
      Answer oracle = best(byOracle, one, asked.hasUnanswerable());
      Answer int8 = best(byInt8, one, asked.hasUnanswerable());
      outcomes.add(
          new Outcome(
              SquadScore.of(oracle.text(), one.answers()),
              SquadScore.of(int8.text(), one.answers()),
              oracle.from() == int8.from() && oracle.to() == int8.to()));
      progress.accept(outcomes.size());
    }
    return of(outcomes, models.cosines);
  }

  /** What a model that takes {@code most} tokens at a time reads for the questions of a file. */
  public static Stream<TokenSequence> windows(WordPieces pieces, int most, SquadFile asked) {
    Answerer reader = new Answerer(pieces, most, STRIDE, text -> new double[0]);
    return asked.questions().stream()
        .flatMap(one -> reader.windows(one.question(), one.context()).stream());
  }

  private static Answer best(Answerer answerer, Asked asked, boolean maybeNone) {
    Answers answers = answerer.answer(asked.question(), asked.context(), 1);
    Answer best = answers.best().get(0);
    return maybeNone && answers.none() > best.score() ? NONE : best;
  }

  private static SquadEvaluation of(List<Outcome> outcomes, List<Double> cosines) {
    return new SquadEvaluation(
        outcomes.size(),
        mean(outcomes, outcome -> outcome.oracle().exact()),
        mean(outcomes, outcome -> outcome.oracle().f1()),
        mean(outcomes, outcome -> outcome.int8().exact()),
        mean(outcomes, outcome -> outcome.int8().f1()),
        mean(outcomes, outcome -> outcome.same() ? 1 : 0),
        cosines.stream().mapToDouble(Double::doubleValue).average().orElseThrow(),
        Collections.min(cosines));
  }

  private static double mean(List<Outcome> outcomes, ToDoubleFunction<Outcome> of) {
    return outcomes.stream().mapToDouble(of).average().orElseThrow();
  }

  /** Both models, of which the oracle reads each question first. */
  private static final class Models {
    private final EncoderOracle oracle;
    private final EncoderPass pass;
    private final Queue<double[]> expected = new ArrayDeque<>(); // of windows still to be compared
    private final List<Double> cosines = new ArrayList<>();

    Models(EncoderModel model, EncoderPass pass) {
      this.oracle = new EncoderOracle(model);
      this.pass = pass;
    }

    double[] floats(TokenSequence text) {
      double[] logits = oracle.forward(text);
      expected.add(logits);
      return logits;
    }

    double[] integers(TokenSequence text) {
      int[] logits = pass.of(text).logits();
      cosines.add(Cosine.of(expected.remove(), logits));
      return Arrays.stream(logits)
          .mapToDouble(logit -> Math.scalb((double) logit, -QuantisedModel.LOGIT_FRACTION))
          .toArray();
    }
  }
}
