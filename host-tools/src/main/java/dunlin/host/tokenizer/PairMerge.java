package dunlin.host.tokenizer;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntBinaryOperator;
import java.util.function.IntToDoubleFunction;

/**
 * Byte-pair encoding: merges the neighbours with the best score, the leftmost of equals, until none
 * can be merged. Tokens form a linked list and candidates wait in a heap, so n tokens cost n·log n.
 */
final class PairMerge {
  private static final int NONE = -1;
  private static final double LOWEST_SCORE = -1e10; // run.c merges nothing at or below it

  /** A possible merge; out of date once either token has changed. */
  private record Pair(
      double score, int left, int right, int leftToken, int rightToken, int token) {}

  private final int[] tokens; // NONE: merged into one further left
  private final int[] previous;
  private final int[] next;
  private final IntBinaryOperator merged;
  private final IntToDoubleFunction score;
  private final PriorityQueue<Pair> candidates =
      new PriorityQueue<>(
          Comparator.comparingDouble(Pair::score).reversed().thenComparingInt(Pair::left));

  /**
   * @param merged the token of two neighbours, or -1
   * @param score of a token, higher merges first
   */
  PairMerge(List<Integer> characters, IntBinaryOperator merged, IntToDoubleFunction score) {
    int count = characters.size();
    this.tokens = new int[count];
    this.previous = new int[count];
    this.next = new int[count];
    this.merged = merged;
    this.score = score;
    for (int i = 0; i < count; i++) {
      tokens[i] = characters.get(i);
      previous[i] = i - 1;
      next[i] = i + 1 < count ? i + 1 : NONE;
    }
  }

  int[] run() {
    for (int i = 0; i < tokens.length; i++) {
      consider(i, next[i]);
    }
    while (!candidates.isEmpty()) {
      Pair best = candidates.remove();
      if (tokens[best.left] == best.leftToken
          && tokens[best.right] == best.rightToken
          && next[best.left] == best.right) {
        merge(best);
      }
    }
    return Arrays.stream(tokens).filter(token -> token != NONE).toArray();
  }

  private void merge(Pair pair) {
    tokens[pair.left] = pair.token;
    tokens[pair.right] = NONE;
    next[pair.left] = next[pair.right];
    if (next[pair.left] != NONE) {
      previous[next[pair.left]] = pair.left;
    }
    consider(previous[pair.left], pair.left);
    consider(pair.left, next[pair.left]);
  }

  private void consider(int left, int right) {
    if (left == NONE || right == NONE) {
      return;
    }
    int token = merged.applyAsInt(tokens[left], tokens[right]);
    if (token != NONE && score.applyAsDouble(token) > LOWEST_SCORE) {
      candidates.add(
          new Pair(score.applyAsDouble(token), left, right, tokens[left], tokens[right], token));
    }
  }
}
