package dunlin.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GumbelTest {
  private static final double WORST = 1.6e-5;
  private final byte[] table = LogarithmTable.build();

  /** Both ends, the middle, and both sides of the seam at u = 31/32. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1 << 16, 1L << 31, 31L << 27, (1L << 32) - (1 << 16), 1L << 32})
  void shouldStayWithinTheStatedErrorAround(long word) {
    long reach = 1 << 17;
    long last = Math.min(word + reach, (1L << 32) - 1);
    double worst = 0;
    for (long w = Math.max(0, word - reach); w <= last; w++) {
      worst = Math.max(worst, error((int) w));
    }
    assertTrue(worst <= WORST, "worst error " + worst);
  }

  @Test
  void shouldStayWithinTheStatedErrorForRandomWords() {
    SplittableRandom random = new SplittableRandom(1);
    double worst = 0;
    for (int i = 0; i < 1 << 22; i++) {
      // A random length of leading zeros or ones: half the words lie far out in a tail.
      int word = random.nextInt() >>> random.nextInt(32);
      worst = Math.max(worst, Math.max(error(word), error(~word)));
    }
    assertTrue(worst <= WORST, "worst error " + worst);
  }

  @Test
  void shouldReachItsStatedRange() {
    assertEquals(-3.1300, Gumbel.of(0, table, 0) / 65536.0, 1e-4);
    assertEquals(22.8739, Gumbel.of(-1, table, 0) / 65536.0, 1e-4);
  }

  @Test
  void shouldNeverExceedItsBound() {
    // Among words with equally many leading ones the bound is the same, and the largest word has
    // the largest G.
    for (int ones = 0; ones < 32; ones++) {
      assertBounded(~(Integer.MIN_VALUE >>> ones));
    }
    assertBounded(-1);
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 1 << 20; i++) {
      assertBounded(~(random.nextInt() >>> random.nextInt(32)));
    }
    assertEquals(Gumbel.MAX, Gumbel.atMost(-1));
  }

  private void assertBounded(int word) {
    assertTrue(Gumbel.of(word, table, 0) <= Gumbel.atMost(word), () -> "word " + word);
  }

  private double error(int word) {
    return Math.abs(Gumbel.of(word, table, 0) / 65536.0 - exact(word));
  }

  private static double exact(int word) {
    double v = ((~word & 0xffffffffL) + 0.5) * 0x1p-32; // 1 - u, exactly
    return -Math.log(-Math.log1p(-v));
  }
}
