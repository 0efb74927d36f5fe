package dunlin.kernels;

/**
 * Standard Gumbel noise from a random word: G = -ln(-ln u), u = (word + 1/2) / 2^32, in Q16.
 *
 * <p>Adding independent G to logits and taking the largest draws from their softmax (E. J. Gumbel,
 * 1954; the "Gumbel-max trick"). The range is -3.130 (word 0) to 22.874 (word 2^32 - 1); the worst
 * error against double over it is 1.6e-5, about one unit of the last place, half of it the final
 * rounding.
 */
public final class Gumbel {
  /** No result is above this: {@link #atMost} of the largest word. */
  public static final int MAX = 33 * 45427;

  private static final int LN2_CEILING = 45427; // ln 2 in Q16, rounded up
  private static final int ONE_THIRD = 0x55555556; // in Q32
  private static final int TO_Q16 = Logarithm.FRACTION_BITS - 16;

  private Gumbel() {}

  /**
   * G of a word, in Q16. Costs one logarithm for the 1/32 of words next to the top, else two.
   *
   * @param word random, unsigned
   * @param table of {@link Logarithm}
   * @param tableAt its offset
   */
  public static int of(int word, byte[] table, int tableAt) {
    int g =
        word >>> 27 == 31
            ? 35 * Logarithm.LN2 - Logarithm.ln(nearOne(~word), table, tableAt)
            : 26 * Logarithm.LN2 - Logarithm.ln(minusLn(word, table, tableAt), table, tableAt);
    return g + (1 << (TO_Q16 - 1)) >> TO_Q16;
  }

  /**
   * An upper bound of {@link #of} in a few instructions, to spare its logarithms where even the
   * bound cannot win. From -ln u &gt;= 1 - u &gt;= 2^-(n+1), with n leading ones in the word.
   */
  public static int atMost(int word) {
    return (Dsp.leadingZeros(~word) + 1) * LN2_CEILING;
  }

  /** -ln u in Q26, for u below 31/32: 33 ln 2 - ln(2 word + 1). */
  private static int minusLn(int word, byte[] table, int tableAt) {
    // 2 word + 1 has 33 bits where the top bit is set; there the 1 is beyond all precision.
    int ln =
        word < 0
            ? Logarithm.ln(word, table, tableAt) + Logarithm.LN2
            : Logarithm.ln(2 * word + 1, table, tableAt);
    return 33 * Logarithm.LN2 - ln;
  }

  /**
   * -ln u in Q35, for v = 1 - u below 1/32, where the logarithm would lose its leading digits: v +
   * v^2/2 + v^3/3, which leaves a relative v^3/4 = 7.6e-6.
   *
   * @param complement of the word: v = (2 complement + 1) / 2^33
   */
  private static int nearOne(int complement) {
    int v = 2 * complement + 1; // Q33
    int square = Dsp.mulHigh(v, v); // Q34; v^2/2 in Q35
    int cube = Dsp.mulHigh(square, v); // Q35
    return (v << 2) + square + Dsp.mulHigh(cube, ONE_THIRD);
  }
}
