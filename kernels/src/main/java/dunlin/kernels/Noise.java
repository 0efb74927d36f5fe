package dunlin.kernels;

/**
 * The Gumbel noise of one draw: a function of (seed, position, token) alone, so that every node
 * gives a token the same noise, whichever slice the token is in.
 *
 * <p>Token t takes word t &amp; 3 of the {@link Philox} block with counter (t &gt;&gt; 2, position,
 * 0, 0) and the seed as key. The last block computed is kept, so a walk over a slice computes one
 * for every four tokens.
 *
 * <pre>
 *    0        8          12            16      20      24         40
 *   +--------+----------+-------------+-------+-------+----------+
 *   | seed   | position | temperature | reach | block | words[4] |
 *   +--------+----------+-------------+-------+-------+----------+
 * </pre>
 */
public final class Noise {
  /** The highest temperature: 256, in Q16. */
  public static final int MAX_TEMPERATURE = 256 << 16;

  private static final int SEED = 0;
  private static final int POSITION = 8;
  private static final int TEMPERATURE = 12;
  private static final int REACH = 16; // the most that the noise can add to a logit
  private static final int BLOCK = 20; // number of the block held
  private static final int WORDS = 24;
  private static final int BYTES = WORDS + Philox.BLOCK_BYTES;

  private Noise() {}

  /** Bytes of a draw's noise: parameters and the block held. */
  public static int scratchBytes() {
    return BYTES;
  }

  /**
   * Begins a draw.
   *
   * @param noise region of {@link #scratchBytes()} to begin in
   * @param seedLow low word of the 64-bit seed
   * @param seedHigh high word
   * @param position of the token to be drawn, in its sequence
   * @param temperature Q16, 0 (no noise) to {@link #MAX_TEMPERATURE}
   */
  public static void begin(
      byte[] noise, int noiseAt, int seedLow, int seedHigh, int position, int temperature) {
    Dsp.store32(noise, noiseAt + SEED, seedLow);
    Dsp.store32(noise, noiseAt + SEED + 4, seedHigh);
    Dsp.store32(noise, noiseAt + POSITION, position);
    Dsp.store32(noise, noiseAt + TEMPERATURE, temperature);
    Dsp.store32(noise, noiseAt + REACH, scale(temperature, Gumbel.MAX));
    Dsp.store32(noise, noiseAt + BLOCK, -1); // no token's block
  }

  /**
   * The logit with its noise added: logit + T G, saturated. Where a cheap bound of the sum shows
   * that it is below {@code wanted}, the bound is returned instead: so the result is below {@code
   * wanted} exactly where the sum is, and is the sum where it is not.
   *
   * @param logit Q16, natural-log units
   * @param token its index in the vocabulary, not negative
   * @param wanted the best value so far
   * @param table of {@link Logarithm}
   */
  public static int add(
      int logit, int token, int wanted, byte[] noise, int noiseAt, byte[] table, int tableAt) {
    int atMost = Dsp.addSaturating(logit, Dsp.load32(noise, noiseAt + REACH));
    if (atMost < wanted) {
      return atMost;
    }
    int temperature = Dsp.load32(noise, noiseAt + TEMPERATURE);
    int word = word(token, noise, noiseAt);
    atMost = Dsp.addSaturating(logit, scale(temperature, Gumbel.atMost(word)));
    if (atMost < wanted) {
      return atMost;
    }
    return Dsp.addSaturating(logit, scale(temperature, Gumbel.of(word, table, tableAt)));
  }

  /** The random word of a token; computes its block unless that is the one held. */
  static int word(int token, byte[] noise, int noiseAt) {
    int block = token >> 2;
    if (block != Dsp.load32(noise, noiseAt + BLOCK)) {
      Philox.block(
          block,
          Dsp.load32(noise, noiseAt + POSITION),
          0,
          0,
          Dsp.load32(noise, noiseAt + SEED),
          Dsp.load32(noise, noiseAt + SEED + 4),
          noise,
          noiseAt + WORDS);
      Dsp.store32(noise, noiseAt + BLOCK, block);
    }
    return Dsp.load32(noise, noiseAt + WORDS + ((token & 3) << 2));
  }

  /** T G in Q16, rounded to nearest; monotone in G. */
  private static int scale(int temperature, int gumbel) {
    return (int) ((long) temperature * gumbel + 0x8000 >> 16);
  }
}
