package dunlin.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The context against softmax in double over the same int8 queries, keys and values. */
class AttentionErrorTest {
  /** Relative error of a weight, from the ten fraction bits of its score. */
  private static final double WORST_WEIGHT = 7e-4;

  /** Share of the largest value, when scores and values are random. */
  private static final double WORST_RANDOM = 4e-4;

  private static final int ONE = 1 << AttentionCase.FRACTION;
  private static final int LARGEST_VALUE = 2047 << 7;
  private static final int[] COUNTS = {1, 2, 3, 4, 5, 127, 512, 513, 2000};

  private final Random random = new Random(1);

  @ParameterizedTest
  @CsvSource({"2,1,2", "3,3,6", "4,2,8", "2,1,64", "1,1,128"})
  void shouldFollowSoftmaxOfRandomScores(int heads, int kvHeads, int headSize) {
    for (int count : COUNTS) {
      for (int size : new int[] {0, ONE / 100, ONE, 8 * ONE}) {
        AttentionCase trial = random(count, heads, kvHeads, headSize, 16, i -> 1.0);
        assertWithin(trial, count, gaussian(heads * headSize, size), WORST_RANDOM);
      }
    }
  }

  @Test
  void shouldFollowSoftmaxOfValuesOfWidelyDifferentSizes() {
    for (int count : COUNTS) {
      AttentionCase trial = random(count, 2, 1, 8, 16, j -> Math.scalb(1.0, -random.nextInt(14)));
      assertWithin(trial, count, gaussian(16, ONE), WORST_RANDOM);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 12})
  void shouldRoundToAnyWidthAndSaturate(int bits) {
    for (int count : COUNTS) {
      for (int size : new int[] {0, 8 * ONE}) {
        AttentionCase trial = random(count, 2, 1, 8, bits, i -> 1.0);
        assertWithin(trial, count, gaussian(16, size), WORST_RANDOM);
      }
    }
  }

  /** The values pick out one weight each. */
  @Test
  void shouldWeighEachPositionWithinTheStatedError() {
    for (int trial = 0; trial < 1000; trial++) {
      AttentionCase attention = attention(8, 1, 1, 8, 16, LARGEST_VALUE / 32_000.0);
      for (int j = 0; j < 8; j++) {
        int[] value = new int[8];
        value[j] = LARGEST_VALUE;
        attention.write(j, gaussian(8, 3 * ONE), value);
      }
      int[] query = gaussian(8, ONE);
      int[] actual = attention.attend(7, query);
      double[] exact = attention.exact(7, query);
      for (int j = 0; j < 8; j++) {
        assertEquals(exact[j], actual[j], 0.5 + WORST_WEIGHT * exact[j] + 32_000 * 0x1p-15);
      }
    }
  }

  /** One position against many whose weights all round the same way. */
  @ParameterizedTest
  @ValueSource(ints = {1025 << 8, 2047 << 7})
  void shouldKeepToTheBoundWhenTheTailIsAllTheSame(int largest) {
    for (int count : COUNTS) {
      for (double below = 8; below < 18; below += 0.4) {
        AttentionCase attention = attention(count, 1, 1, 2, 16, largest / 32_000.0);
        int tail = (int) (-below * Math.log(2) * Math.sqrt(2) * ONE);
        for (int j = 0; j < count; j++) {
          boolean first = j == count / 2;
          int value = first ? largest : -largest;
          attention.write(j, new int[] {first ? 0 : tail, 0}, new int[] {value, value});
        }
        double worst = 0.5 + 32_000 * (WORST_WEIGHT + count * 0x1p-15);
        assertEquals(0, attention.error(count - 1, new int[] {ONE, 0}), worst);
      }
    }
  }

  @Test
  void shouldNotOverflowWhenAllValuesAreTheLargest() {
    for (int count : COUNTS) {
      AttentionCase attention = attention(count, 1, 1, 2, 16, LARGEST_VALUE / 32_000.0);
      for (int j = 0; j < count; j++) {
        attention.write(j, new int[2], new int[] {LARGEST_VALUE, -LARGEST_VALUE});
      }
      assertArrayEquals(new int[] {32_000, -32_000}, attention.attend(count - 1, new int[2]));
    }
  }

  @Test
  void shouldAverageTheValuesForAQueryOrKeysOfZero() {
    for (int count : COUNTS) {
      AttentionCase zeroKeys = attention(count, 2, 1, 4, 16, LARGEST_VALUE / 32_000.0);
      for (int j = 0; j < count; j++) {
        zeroKeys.write(j, new int[4], uniform(4, LARGEST_VALUE));
      }
      assertWithin(zeroKeys, count, gaussian(8, ONE), 0x1p-20);
      assertWithin(zeroKeys, count, new int[8], 0x1p-20);
    }
  }

  @Test
  void shouldGiveZeroForValuesOfZero() {
    AttentionCase attention = attention(5, 2, 1, 4, 16, 1);
    for (int j = 0; j < 5; j++) {
      attention.write(j, gaussian(4, ONE), new int[4]);
    }
    assertTrue(Arrays.stream(attention.attend(4, gaussian(8, ONE))).allMatch(y -> y == 0));
  }

  private AttentionCase random(
      int count, int heads, int kvHeads, int headSize, int bits, IntToDoubleFunction size) {
    double step = LARGEST_VALUE / (bits == 16 ? 32_000.0 : Math.scalb(0.3, bits));
    AttentionCase attention = attention(count, heads, kvHeads, headSize, bits, step);
    for (int j = 0; j < count; j++) {
      int largest = (int) (LARGEST_VALUE * size.applyAsDouble(j));
      attention.write(j, gaussian(kvHeads * headSize, ONE), uniform(kvHeads * headSize, largest));
    }
    return attention;
  }

  private AttentionCase attention(
      int count, int heads, int kvHeads, int headSize, int bits, double step) {
    CacheLayout layout = new CacheLayout(kvHeads, headSize, count + random.nextInt(4));
    return new AttentionCase(layout, heads, bits, step, random);
  }

  /** Half a step, and a share of the largest value. */
  private static void assertWithin(AttentionCase trial, int count, int[] query, double share) {
    double worst = 0.5 + share * LARGEST_VALUE / trial.step;
    assertEquals(0, trial.error(count - 1, query), worst, () -> "at count " + count);
  }

  private int[] gaussian(int count, double size) {
    return IntStream.range(0, count).map(i -> (int) (random.nextGaussian() * size)).toArray();
  }

  private int[] uniform(int count, int largest) {
    return IntStream.range(0, count)
        .map(i -> (int) ((2 * random.nextDouble() - 1) * largest))
        .toArray();
  }
}
