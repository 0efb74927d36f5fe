package dunlin.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class CacheScaleTest {
  private static final int LARGEST = Integer.MAX_VALUE - (1 << 20) + 1;

  @Example
  void shouldRoundEverySmallPeakUp() {
    int last = 0;
    for (int peak = 0; peak < 1 << 23; peak++) {
      int scale = CacheScale.of(peak);
      assertTrue(scale >= last, () -> "not monotone");
      assertLeastUpperBound(peak, scale);
      last = scale;
    }
  }

  @Property(tries = 100_000)
  void shouldRoundAnyPeakUp(@ForAll @IntRange(min = 0, max = LARGEST) int peak) {
    assertLeastUpperBound(peak, CacheScale.of(peak));
  }

  @Property(tries = 10_000)
  void shouldOrderHalfwordsAsThePeaks(
      @ForAll @IntRange(min = 0, max = LARGEST) int a,
      @ForAll @IntRange(min = 0, max = LARGEST) int b) {
    assertTrue(a > b || CacheScale.of(a) <= CacheScale.of(b));
  }

  @Example
  void shouldHoldTheLargestPeakExactly() {
    int scale = CacheScale.of(LARGEST);
    assertEquals(LARGEST, CacheScale.peak(scale));
    assertEquals(20, CacheScale.exponent(scale));
    assertEquals(2047, CacheScale.mantissa(scale));
  }

  /** The halfword stands for at least the peak, and the one below does not. */
  private static void assertLeastUpperBound(int peak, int scale) {
    assertTrue(CacheScale.peak(scale) >= peak);
    assertTrue(CacheScale.peak(scale) - peak <= peak >> 10);
    assertEquals(scale, scale & 0xffff);
    assertEquals(scale, CacheScale.of(CacheScale.peak(scale)));
  }
}
