package dunlin.host.answer;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;

/**
 * How right an answer is, by the rules of SQuAD's official script (evaluate-v2.0.py): capitals,
 * punctuation, articles and blanks do not count; of several right answers, the nearest does.
 *
 * @param exact 1 if the answer is right word for word, else 0
 * @param f1 harmonic mean of precision and recall over words
 */
public record SquadScore(double exact, double f1) {
  /** The script's articles, between word boundaries of Unicode. */
  private static final String ARTICLES = "(?U)\\b(a|an|the)\\b";

  /**
   * Scores an answer.
   *
   * @param found empty for none
   * @param right what would have been right; empty where the text does not tell
   */
  public static SquadScore of(String found, List<String> right) {
    List<String> counting = right.stream().filter(one -> !normal(one).isEmpty()).toList();
    List<String> golden = counting.isEmpty() ? List.of("") : counting;
    return new SquadScore(
        most(golden, found, (gold, it) -> normal(gold).equals(normal(it)) ? 1 : 0),
        most(golden, found, SquadScore::f1));
  }

  private static double most(
      List<String> golden, String found, ToDoubleBiFunction<String, String> score) {
    return golden.stream()
        .mapToDouble(gold -> score.applyAsDouble(gold, found))
        .max()
        .orElseThrow();
  }

  private static double f1(String gold, String found) {
    List<String> due = words(gold);
    List<String> words = words(found);
    if (due.isEmpty() || words.isEmpty()) {
      return due.equals(words) ? 1 : 0;
    }
    Map<String, Integer> left = new HashMap<>();
    due.forEach(word -> left.merge(word, 1, Integer::sum));
    int same = 0;
    for (String word : words) {
      if (left.merge(word, -1, Integer::sum) >= 0) {
        same++;
      }
    }
    return same == 0 ? 0 : 2.0 * same / (due.size() + words.size());
  }

  private static List<String> words(String text) {
    String normal = normal(text);
    return normal.isEmpty() ? List.of() : Arrays.asList(normal.split(" "));
  }

  static String normal(String text) {
    return text.toLowerCase(Locale.ROOT)
        .replaceAll("\\p{Punct}", "")
        .replaceAll(ARTICLES, " ")
        .replaceAll("(?U)\\s+", " ")
        .strip();
  }
}
