package dunlin.kernels;

import static dunlin.kernels.Draw.AT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.kernels.Draw.Pick;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * 100,000 draws against softmax(logits / T) in double, by Pearson's chi-squared. Seeds are fixed,
 * so each test passes always or never; a sound sampler passes one with probability 0.999.
 */
class SamplingFrequencyTest {
  private static final int DRAWS = 100_000;
  private static final double SIGNIFICANT = 3.09; // standard deviations: one-sided 0.1 %

  /** Uniform over eight units of logit. */
  private static final Vocabulary BROAD = vocabulary(new SplittableRandom(3).doubles(300, -4, 4));

  /** One token with logit 4 and a tail of 511 that falls off from 0 to -13. */
  private static final Vocabulary PEAKED =
      vocabulary(DoubleStream.iterate(0, i -> i + 1).limit(512).map(i -> i == 37 ? 4 : -i / 40.0));

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1.0, 2.0})
  void shouldMatchSoftmaxOfABroadDistribution(double temperature) {
    assertMatches(BROAD, temperature, BROAD.size());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1.0, 2.0})
  void shouldMatchSoftmaxOfAPeakWithATail(double temperature) {
    assertMatches(PEAKED, temperature, PEAKED.size());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1.0, 2.0})
  void shouldMatchSoftmaxOverTheTopK(double temperature) {
    assertMatches(BROAD, temperature, 40);
    assertMatches(PEAKED, temperature, 40);
  }

  /** The test's own power: it must see a temperature that is three percent off. */
  @Test
  void shouldNotMatchSoftmaxOfAnotherTemperature() {
    assertTrue(deviation(draw(BROAD, 1.03, BROAD.size()), BROAD, 1.0, BROAD.size()) > SIGNIFICANT);
    assertTrue(deviation(draw(PEAKED, 1.03, 40), PEAKED, 1.0, 40) > SIGNIFICANT);
  }

  private static void assertMatches(Vocabulary vocabulary, double temperature, int k) {
    int[] drawn = draw(vocabulary, temperature, k);
    assertEquals(DRAWS, vocabulary.ranked().limit(k).mapToInt(pick -> drawn[pick.token()]).sum());
    double deviation = deviation(drawn, vocabulary, temperature, k);
    assertTrue(deviation < SIGNIFICANT, () -> deviation + " standard deviations");
  }

  /** How often each token is drawn from the k best: as a sequence under one seed, then another. */
  private static int[] draw(Vocabulary vocabulary, double temperature, int k) {
    byte[] logits = vocabulary.whole().logits();
    byte[] noise = new byte[Noise.scratchBytes()];
    byte[] best = new byte[Candidate.BYTES];
    byte[] list = new byte[TopK.scratchBytes(k)];
    int[] drawn = new int[vocabulary.size()];
    TopK.select(logits, AT, vocabulary.size(), 0, k, list, 0);
    for (int i = 0; i < DRAWS; i++) {
      Noise.begin(noise, 0, i >> 10, 7, i & 1023, (int) Math.rint(temperature * 65536));
      if (k < vocabulary.size()) {
        TopK.sample(list, 0, k, noise, 0, Draw.TABLE, AT, best, 0);
      } else {
        ArgMax.sample(logits, AT, k, 0, noise, 0, Draw.TABLE, AT, best, 0);
      }
      drawn[Dsp.load32(best, Candidate.TOKEN)]++;
    }
    return drawn;
  }

  /**
   * Chi-squared of the counts, as standard deviations of the normal that Wilson and Hilferty (1931)
   * make of it. The rarest tokens are pooled into cells of at least five expected draws.
   */
  private static double deviation(int[] drawn, Vocabulary vocabulary, double temperature, int k) {
    List<Pick> listed = vocabulary.ranked().limit(k).collect(Collectors.toList());
    Collections.reverse(listed);
    double sum = listed.stream().mapToDouble(pick -> weight(pick, temperature)).sum();
    double chiSquared = 0;
    int cells = 0;
    double expected = 0;
    int observed = 0;
    for (Pick pick : listed) {
      expected += DRAWS * weight(pick, temperature) / sum;
      observed += drawn[pick.token()];
      if (expected >= 5) {
        chiSquared += (observed - expected) * (observed - expected) / expected;
        cells++;
        expected = 0;
        observed = 0;
      }
    }
    double variance = 2.0 / (9 * (cells - 1));
    return (Math.cbrt(chiSquared / (cells - 1)) - (1 - variance)) / Math.sqrt(variance);
  }

  private static double weight(Pick pick, double temperature) {
    return Math.exp(pick.value() / 65536.0 / temperature);
  }

  private static Vocabulary vocabulary(DoubleStream logits) {
    return new Vocabulary(logits.mapToInt(logit -> (int) Math.rint(logit * 65536)).toArray());
  }
}
