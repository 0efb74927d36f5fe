package dunlin.kernels;

/**
 * A token and how well it did: what a node reports of its slice of the vocabulary.
 *
 * <p>Candidates are totally ordered, by value and then by the lower token, so the best of many is
 * the same in whatever order and grouping they are compared.
 *
 * <pre>
 *    0               4               8
 *   +---------------+---------------+
 *   | value         | token         |   little-endian int32
 *   +---------------+---------------+
 * </pre>
 */
public final class Candidate {
  /** Offset of the value: a logit, noise included or not, in Q16 natural-log units. */
  public static final int VALUE = 0;

  /** Offset of the token's index in the whole vocabulary. */
  public static final int TOKEN = 4;

  /** Bytes of a candidate. */
  public static final int BYTES = 8;

  /** In place of a token: no candidate. With the lowest value, it loses to every token. */
  public static final int NONE = Integer.MAX_VALUE;

  private Candidate() {}

  /** Writes a candidate. */
  public static void store(byte[] m, int at, int value, int token) {
    Dsp.store32(m, at + VALUE, value);
    Dsp.store32(m, at + TOKEN, token);
  }

  /** Writes the candidate that loses to every token. */
  public static void storeNone(byte[] m, int at) {
    store(m, at, Integer.MIN_VALUE, NONE);
  }

  /** Whether a candidate is better than the one stored: a higher value, or as high and lower. */
  public static boolean beats(int value, int token, byte[] other, int otherAt) {
    int otherValue = Dsp.load32(other, otherAt + VALUE);
    return value > otherValue
        || (value == otherValue && token < Dsp.load32(other, otherAt + TOKEN));
  }

  /** Merges two nodes' reports: {@code best} becomes the better of itself and {@code other}. */
  public static void merge(byte[] best, int bestAt, byte[] other, int otherAt) {
    int value = Dsp.load32(other, otherAt + VALUE);
    int token = Dsp.load32(other, otherAt + TOKEN);
    if (beats(value, token, best, bestAt)) {
      store(best, bestAt, value, token);
    }
  }
}
