package dunlin.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LogarithmTest {
  private static final double WORST = 2.9e-7;
  private final byte[] table = LogarithmTable.build();

  @Test
  void shouldStayWithinTheStatedErrorForEverySmallArgument() {
    assertWithin(1, 1, 1 << 22);
  }

  @Test
  void shouldStayWithinTheStatedErrorOverTheWholeRange() {
    assertWithin(1, 1021, (1L << 32) / 1021);
  }

  @Test
  void shouldStayWithinTheStatedErrorAroundEveryPowerOfTwo() {
    for (int bit = 11; bit <= 32; bit++) {
      long first = (1L << bit) - 1000;
      assertWithin(first, 1, Math.min(2000, (1L << 32) - first));
    }
  }

  @Test
  void shouldAddExactlyLn2ForEachDoubling() {
    for (int x = 1; x < 1 << 16; x++) {
      int once = Logarithm.ln(x, table, 0);
      assertEquals(once + 16 * Logarithm.LN2, Logarithm.ln(x << 16, table, 0), "x = " + x);
    }
  }

  private void assertWithin(long first, long step, long count) {
    double worst = 0;
    for (long i = 0, x = first; i < count; i++, x += step) {
      double error = Math.abs(Logarithm.ln((int) x, table, 0) / 0x1p26 - Math.log((double) x));
      worst = Math.max(worst, error);
    }
    assertTrue(worst <= WORST, "worst error " + worst);
  }
}
