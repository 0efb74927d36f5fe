package dunlin.kernels;

/**
 * The best token of a slice of the vocabulary: the largest logit, or, with Gumbel noise added to
 * each, an exact draw from softmax(logits / T). Merging the slices' results with {@link
 * Candidate#merge} gives the result of the whole vocabulary, for any slices.
 */
@Unchecked
public final class ArgMax {
  private ArgMax() {}

  /**
   * Finds the largest logit; of equals, the lowest token.
   *
   * @param logits region of {@code count} int32
   * @param logitsAt offset of the first
   * @param count at least 1
   * @param first token of the first logit
   * @param best receives a {@link Candidate}
   * @param bestAt its offset
   */
  public static void greedy(
      byte[] logits, int logitsAt, int count, int first, byte[] best, int bestAt) {
    int bestLogit = Dsp.load32(logits, logitsAt);
    int bestIndex = 0;
    for (int i = 1; i < count; i++) {
      int logit = Dsp.load32(logits, logitsAt + (i << 2));
      if (logit > bestLogit) {
        bestLogit = logit;
        bestIndex = i;
      }
    }
    Candidate.store(best, bestAt, bestLogit, first + bestIndex);
  }

  /**
   * Draws a token: the largest logit + T G(seed, position, token); of equals, the lowest token.
   * Tokens whose logit is too low for any noise cost an addition and a comparison.
   *
   * @param logits region of {@code count} int32, Q16 in natural-log units
   * @param logitsAt offset of the first
   * @param count at least 1
   * @param first token of the first logit
   * @param noise begun by {@link Noise#begin}
   * @param noiseAt its offset
   * @param table of {@link Logarithm}
   * @param tableAt its offset
   * @param best receives a {@link Candidate}: the noisy logit and its token
   * @param bestAt its offset
   */
  public static void sample(
      byte[] logits,
      int logitsAt,
      int count,
      int first,
      byte[] noise,
      int noiseAt,
      byte[] table,
      int tableAt,
      byte[] best,
      int bestAt) {
    int bestValue = Integer.MIN_VALUE;
    int bestToken = first;
    for (int i = 0; i < count; i++) {
      int logit = Dsp.load32(logits, logitsAt + (i << 2));
      int value = Noise.add(logit, first + i, bestValue, noise, noiseAt, table, tableAt);
      if (value > bestValue) {
        bestValue = value;
        bestToken = first + i;
      }
    }
    Candidate.store(best, bestAt, bestValue, bestToken);
  }
}
