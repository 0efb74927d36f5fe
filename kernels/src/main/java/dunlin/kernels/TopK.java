package dunlin.kernels;

/**
 * The k best tokens of a slice of the vocabulary, exactly, and a draw among them.
 *
 * <p>A list is k {@link Candidate}s by logit, the best first; where a slice has fewer than k tokens
 * the rest are {@link Candidate#NONE}. Merging the slices' lists gives the list of the whole
 * vocabulary, for any slices, and so the same draw.
 */
public final class TopK {
  private TopK() {}

  /** Bytes of a list of {@code k}. Nothing else is needed. */
  public static int scratchBytes(int k) {
    return k * Candidate.BYTES;
  }

  /**
   * Lists the k largest logits of a slice; of equals, the lowest tokens. Most logits cost one
   * comparison; each that enters moves those it passes. In random order about k (1 + ln(count / k))
   * enter; at worst, rising logits, all do, and each passes k.
   *
   * @param logits region of {@code count} int32
   * @param logitsAt offset of the first
   * @param count of logits, may be below {@code k}
   * @param first token of the first logit
   * @param k at least 1
   * @param list receives {@link #scratchBytes} of candidates
   * @param listAt its offset
   */
  public static void select(
      byte[] logits, int logitsAt, int count, int first, int k, byte[] list, int listAt) {
    for (int i = 0; i < k; i++) {
      Candidate.storeNone(list, listAt + i * Candidate.BYTES);
    }
    for (int i = 0; i < count; i++) {
      insert(Dsp.load32(logits, logitsAt + (i << 2)), first + i, k, list, listAt);
    }
  }

  /**
   * Merges another node's candidates into a list of k. They may come in parts, as frames do.
   *
   * @param other region of {@code count} candidates, the best first
   * @param otherAt offset of the first
   * @param count of candidates in {@code other}; need not be {@code k}
   */
  public static void merge(byte[] list, int listAt, int k, byte[] other, int otherAt, int count) {
    for (int i = 0; i < count; i++) {
      int candidate = otherAt + i * Candidate.BYTES;
      int logit = Dsp.load32(other, candidate + Candidate.VALUE);
      int token = Dsp.load32(other, candidate + Candidate.TOKEN);
      if (!insert(logit, token, k, list, listAt)) {
        return; // nor would the rest enter, which are no better
      }
    }
  }

  /**
   * Draws a token from the list: an exact draw from the softmax over its k tokens.
   *
   * @param noise begun by {@link Noise#begin}
   * @param noiseAt its offset
   * @param table of {@link Logarithm}
   * @param tableAt its offset
   * @param best receives a {@link Candidate}: the noisy logit and its token
   * @param bestAt its offset
   */
  public static void sample(
      byte[] list,
      int listAt,
      int k,
      byte[] noise,
      int noiseAt,
      byte[] table,
      int tableAt,
      byte[] best,
      int bestAt) {
    Candidate.storeNone(best, bestAt);
    for (int i = 0; i < k; i++) {
      int candidate = listAt + i * Candidate.BYTES;
      int token = Dsp.load32(list, candidate + Candidate.TOKEN);
      if (token == Candidate.NONE) {
        return;
      }
      int logit = Dsp.load32(list, candidate + Candidate.VALUE);
      int wanted = Dsp.load32(best, bestAt + Candidate.VALUE);
      int value = Noise.add(logit, token, wanted, noise, noiseAt, table, tableAt);
      if (Candidate.beats(value, token, best, bestAt)) {
        Candidate.store(best, bestAt, value, token);
      }
    }
  }

  /** Puts a candidate in its place and drops the last; false if it is no better than the last. */
  private static boolean insert(int logit, int token, int k, byte[] list, int listAt) {
    int place = listAt + (k - 1) * Candidate.BYTES;
    if (!Candidate.beats(logit, token, list, place)) {
      return false;
    }
    while (place > listAt && Candidate.beats(logit, token, list, place - Candidate.BYTES)) {
      move(list, place - Candidate.BYTES, place);
      place -= Candidate.BYTES;
    }
    Candidate.store(list, place, logit, token);
    return true;
  }

  private static void move(byte[] list, int from, int to) {
    Dsp.store32(list, to, Dsp.load32(list, from));
    Dsp.store32(list, to + 4, Dsp.load32(list, from + 4));
  }
}
