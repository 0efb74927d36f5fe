package dunlin.host.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import java.util.function.IntToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The heap against run.c's loop, which looks at every pair before each merge. */
class PairMergeTest {
  @Property
  void shouldMergeAsTheQuadraticLoopDoes(
      @ForAll @Size(max = 40) List<@IntRange(max = 3) Integer> characters, @ForAll long seed) {
    Random random = new Random(seed);
    int[] pairs = random.ints(16 * 16, -1, 16).toArray();
    int[] scores = random.ints(16, -3, 3).toArray();
    IntBinaryOperator merged = (left, right) -> pairs[16 * left + right];
    IntToDoubleFunction score = token -> token == 15 ? -1e10 : scores[token]; // never merged

    int[] expected = quadratic(characters, merged, score);

    assertArrayEquals(expected, new PairMerge(characters, merged, score).run());
  }

  private static int[] quadratic(
      List<Integer> characters, IntBinaryOperator merged, IntToDoubleFunction score) {
    List<Integer> tokens = new ArrayList<>(characters);
    while (true) {
      double bestScore = -1e10;
      int best = -1;
      for (int i = 0; i + 1 < tokens.size(); i++) {
        int token = merged.applyAsInt(tokens.get(i), tokens.get(i + 1));
        if (token >= 0 && score.applyAsDouble(token) > bestScore) {
          bestScore = score.applyAsDouble(token);
          best = i;
        }
      }
      if (best < 0) {
        return tokens.stream().mapToInt(Integer::intValue).toArray();
      }
      tokens.set(best, merged.applyAsInt(tokens.get(best), tokens.remove(best + 1)));
    }
  }
}
