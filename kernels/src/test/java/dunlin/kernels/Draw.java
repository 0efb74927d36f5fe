package dunlin.kernels;

import java.util.Comparator;
import java.util.stream.IntStream;

/** The parameters of one draw, and the slow way to make it. */
record Draw(long seed, int position, int temperature) {
  /** Where every region of these tests begins, so that an offset forgotten is seen. */
  static final int AT = 12;

  /** The table of {@link Logarithm}, at {@link #AT}. */
  static final byte[] TABLE = new byte[AT + Logarithm.TABLE_BYTES];

  static {
    System.arraycopy(LogarithmTable.build(), 0, TABLE, AT, Logarithm.TABLE_BYTES);
  }

  /** A region of noise for this draw, at {@link #AT}. */
  byte[] begin() {
    byte[] noise = new byte[AT + Noise.scratchBytes()];
    Noise.begin(noise, AT, (int) seed, (int) (seed >>> 32), position, temperature);
    return noise;
  }

  /** The noisy logit of a token, from its definition: nothing skipped, nothing kept. */
  int value(int logit, int token) {
    byte[] block = new byte[Philox.BLOCK_BYTES];
    Philox.block(token / 4, position, 0, 0, (int) seed, (int) (seed >>> 32), block, 0);
    int gumbel = Gumbel.of(Dsp.load32(block, token % 4 * 4), TABLE, AT);
    long sum = logit + Math.floorDiv((long) temperature * gumbel + 32768, 65536L);
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, sum));
  }

  /** The candidate with the largest noisy logit; of equals, the lowest token. */
  Pick best(int[] logits, IntStream tokens) {
    return tokens
        .mapToObj(token -> new Pick(value(logits[token], token), token))
        .min(Pick.BEST_FIRST)
        .orElseThrow();
  }

  /** A candidate, read out of a region. */
  record Pick(int value, int token) {
    static final Comparator<Pick> BEST_FIRST =
        Comparator.comparingInt(Pick::value).reversed().thenComparingInt(Pick::token);

    static Pick at(byte[] m, int at) {
      return new Pick(Dsp.load32(m, at + Candidate.VALUE), Dsp.load32(m, at + Candidate.TOKEN));
    }
  }
}
