package dunlin.host.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dunlin.boards.Refusal;
import dunlin.host.checkpoint.Bert;
import dunlin.host.model.TokenSequence;
import dunlin.host.tokenizer.WordPieces;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class AnswererTest {
  private static final WordPieces PIECES = WordPieces.read(Bert.MOBILE.folder(), 52);
  private static final int BIRD = 19;
  private static final int BIRDS = 20;
  private static final int SEA = 18;

  private final List<TokenSequence> read = new ArrayList<>();

  @Test
  void shouldCutTheAnswerFromTheTextAsItWasWritten() {
    Answers answers = answer(64, 64, "The  SEA bird lives over mud.", marks(SEA, BIRD));
    Answer best = answers.best().get(0);
    assertEquals("SEA bird", best.text());
    assertEquals(5, best.from());
    assertEquals(13, best.to());
    assertEquals(20, best.score());
    assertEquals(1, best.probability(), 0.01);
    assertEquals(1, answers.windows());
    assertEquals(read.get(0).tokens().length, answers.tokens());
  }

  @Test
  void shouldNotEndBeforeItStarts() {
    Answers answers = answer(64, 64, "the bird of the sea", marks(SEA, BIRD));
    assertEquals("the bird", answers.best().get(0).text());
    assertEquals(10, answers.best().get(0).score());
  }

  @Test
  void shouldNotAnswerFromTheQuestion() {
    Answers answers = answer("sea birds", 64, 64, "who is over mud", marks(SEA, BIRDS));
    assertEquals(0, answers.best().get(0).score());
  }

  @Test
  void shouldNotAnswerAtLength() {
    String thirty = "the ".repeat(28);
    assertEquals(20, best("sea " + thirty + "bird"));
    assertEquals(10, best("sea " + thirty + "of bird"));
  }

  private double best(String text) {
    return answer(64, 64, text, marks(SEA, BIRD)).best().get(0).score();
  }

  @Test
  void shouldFindTheAnswerInWhicheverWindowItIs() {
    String text = "the ".repeat(7) + "sea bird " + "the ".repeat(9);
    Answers answers = answer(9, 3, text, marks(SEA, BIRD));
    assertEquals("sea bird", answers.best().get(0).text());
    assertEquals(28, answers.best().get(0).from());
    assertEquals(6, answers.windows());
    assertEquals(9, read.get(0).tokens().length);
  }

  @Test
  void shouldRankOthersBehindAndEachPlaceOnce() {
    List<Answer> best = answer(8, 1, "sea of bird in the mud", marks(SEA, BIRD), 3).best();
    assertEquals(List.of(20.0, 10.0, 10.0), best.stream().map(Answer::score).toList());
    assertEquals(3, best.stream().map(Answer::text).distinct().count());
  }

  @Test
  void shouldScoreThatThereIsNone() {
    Function<TokenSequence, double[]> model =
        text -> {
          double[] logits = new double[2 * text.tokens().length];
          logits[0] = text.tokens()[3] == SEA ? 1 : 5;
          logits[1] = 2;
          return logits;
        };
    assertEquals(3, answer(7, 1, "the the sea the the", model).none());
  }

  @Test
  void shouldRefuseAQuestionThatLeavesNoRoom() {
    Refusal refusal =
        assertThrows(
            Refusal.class, () -> answer("who is it the the", 8, 4, "sea", marks(SEA, SEA)));
    assertEquals("the question has 5 tokens, of 8 with the text and three marks", refusal.what());
  }

  @Test
  void shouldRefuseATextWithoutWords() {
    Refusal refusal = assertThrows(Refusal.class, () -> answer(8, 4, " \n", marks(SEA, SEA)));
    assertEquals("the context has no words", refusal.what());
  }

  private Answers answer(
      int most, int stride, String text, Function<TokenSequence, double[]> model) {
    return answer(most, stride, text, model, 1);
  }

  private Answers answer(
      int most, int stride, String text, Function<TokenSequence, double[]> model, int count) {
    return new Answerer(PIECES, most, stride, model).answer("who", text, count);
  }

  private Answers answer(
      String question, int most, int stride, String text, Function<TokenSequence, double[]> model) {
    return new Answerer(PIECES, most, stride, model).answer(question, text, 1);
  }

  /** A model that thinks 10 of starting at one token and of ending at another. */
  private Function<TokenSequence, double[]> marks(int start, int end) {
    return text -> {
      read.add(text);
      double[] logits = new double[2 * text.tokens().length];
      for (int i = 0; i < text.tokens().length; i++) {
        logits[2 * i] = text.tokens()[i] == start ? 10 : 0;
        logits[2 * i + 1] = text.tokens()[i] == end ? 10 : 0;
      }
      return logits;
    };
  }
}
