package dunlin.host.answer;

import dunlin.boards.Refusal;
import dunlin.host.answer.Windows.Window;
import dunlin.host.model.TokenSequence;
import dunlin.host.tokenizer.Pieces;
import dunlin.host.tokenizer.WordPieces;
import java.util.List;
import java.util.function.Function;

/** Finds answers in texts, in as many windows as a text takes. */
public final class Answerer {
  private final WordPieces pieces;
  private final int most;
  private final int stride;
  private final Function<TokenSequence, double[]> model;

  /**
   * @param pieces of the model
   * @param most tokens that the model takes at a time
   * @param stride from one window to the next, in tokens, at least 1
   * @param model gives a logit of the start and one of the end for each token, row-major
   */
  public Answerer(
      WordPieces pieces, int most, int stride, Function<TokenSequence, double[]> model) {
    this.pieces = pieces;
    this.most = most;
    this.stride = stride;
    this.model = model;
  }

  /**
   * The best answers.
   *
   * @param count at most so many
   * @throws Refusal if the text is empty, or the question leaves no room for it
   */
  public Answers answer(String question, String context, int count) {
    Reading reading = reading(question, context);
    Spans spans = new Spans();
    double none = Double.POSITIVE_INFINITY;
    int tokens = 0;
    for (Window window : reading.windows()) {
      TokenSequence read = reading.tokens(window, pieces);
      double[] logits = model.apply(read);
      int start = reading.start();
      int length = window.to() - window.from();
      spans.add(window.from(), column(logits, 0, start, length), column(logits, 1, start, length));
      none = Math.min(none, logits[0] + logits[1]);
      tokens += read.tokens().length;
    }
    List<Answer> best =
        spans.best(count).stream().map(span -> answer(reading.text(), span)).toList();
    return new Answers(best, none, reading.windows().size(), tokens);
  }

  /**
   * What the model is given to answer a question, window after window.
   *
   * @throws Refusal as {@link #answer}
   */
  public List<TokenSequence> windows(String question, String context) {
    Reading reading = reading(question, context);
    return reading.windows().stream().map(window -> reading.tokens(window, pieces)).toList();
  }

  /**
   * A question and a text, cut.
   *
   * @param start the text's first token in a window
   */
  private record Reading(
      String question, Pieces asked, Pieces text, int start, List<Window> windows) {
    TokenSequence tokens(Window window, WordPieces pieces) {
      return pieces.pair(question, asked, text, window.from(), window.to());
    }
  }

  private Reading reading(String question, String context) {
    Pieces asked = pieces.cut(question);
    Pieces text = pieces.cut(context);
    if (text.count() == 0) {
      throw new Refusal("the context has no words", "give a text to look for the answer in");
    }
    int start = pieces.startOfSecond(asked);
    int room = most - start - 1;
    if (room < 1) {
      throw new Refusal(
          "the question has %,d tokens, of %,d with the text and three marks"
              .formatted(asked.count(), most),
          "ask a shorter one, or plan for more tokens");
    }
    return new Reading(question, asked, text, start, Windows.over(text.count(), room, stride));
  }

  private static Answer answer(Pieces text, Spans.Span span) {
    return new Answer(
        text.cut(span.first(), span.last()),
        text.from()[span.first()],
        text.to()[span.last()],
        span.score(),
        span.probability());
  }

  /** Starts are column 0 of the head, ends are column 1. */
  private static double[] column(double[] logits, int column, int from, int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = logits[2 * (from + i) + column];
    }
    return values;
  }
}
