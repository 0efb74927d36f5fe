package dunlin.host.quantise;

import dunlin.host.model.FloatModel;
import dunlin.host.model.LlamaConfig;
import dunlin.host.oracle.Oracle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/**
 * Calibration text for a model whose training text is not at hand: what the model itself writes,
 * drawn at temperature 1 (as in LLM-QAT, Liu et al., 2023). Seeded: the same model always writes
 * the same text, and so gets the same hash.
 */
public final class SelfText {
  private static final long SEED = 1;
  private static final int SEQUENCE_TOKENS = 256;

  /** Multiply-accumulates to spend: seconds on a desktop. */
  private static final long WORK = 1_500_000_000L;

  private static final int FEWEST_TOKENS = 64;
  private static final int MOST_TOKENS = 4096;

  private SelfText() {}

  /** How many tokens {@link #sample} writes: fewer for larger models. */
  public static int tokens(LlamaConfig config) {
    long perToken = (long) config.dim() * (3L * config.hidden() + 4L * config.dim());
    long work = config.layers() * perToken + (long) config.vocabulary() * config.dim();
    return (int) Math.min(Math.max(WORK / work, FEWEST_TOKENS), MOST_TOKENS);
  }

  /**
   * Writes sequences, each from {@code begin} on; a sequence goes on after an end of story.
   *
   * @param begin the token before a prompt
   * @param progress told the number of tokens done
   */
  public static List<int[]> sample(FloatModel model, int begin, IntConsumer progress) {
    int total = tokens(model.config());
    int longest = Math.min(SEQUENCE_TOKENS, model.config().context());
    SplittableRandom random = new SplittableRandom(SEED);
    Oracle oracle = new Oracle(model);
    List<int[]> sequences = new ArrayList<>();
    for (int done = 0; done < total; done += longest) {
      int[] sequence = new int[Math.min(longest, total - done)];
      sequence[0] = begin;
      oracle.reset();
      for (int position = 0; position + 1 < sequence.length; position++) {
        sequence[position + 1] = draw(oracle.forward(sequence[position], position), random);
        progress.accept(done + position + 1);
      }
      sequences.add(sequence);
    }
    return sequences;
  }

  private static int draw(double[] logits, SplittableRandom random) {
    double max = Arrays.stream(logits).max().orElseThrow();
    double[] weights = Arrays.stream(logits).map(x -> StrictMath.exp(x - max)).toArray();
    double left = random.nextDouble() * sum(weights);
    int token = 0;
    while (token + 1 < weights.length && left >= weights[token]) {
      left -= weights[token++];
    }
    return token;
  }

  /** In order: a stream may add in any, and the text must not depend on it. */
  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
