package dunlin.host.answer;

import java.util.List;

/**
 * What a model found in a text.
 *
 * @param best at least one, the best first
 * @param none the score of there being no answer: that of [CLS], of the window where it is least
 * @param windows in which the text was read
 * @param tokens of all windows, question and marks included
 */
public record Answers(List<Answer> best, double none, int windows, int tokens) {
  public Answers {
    best = List.copyOf(best);
  }
}
