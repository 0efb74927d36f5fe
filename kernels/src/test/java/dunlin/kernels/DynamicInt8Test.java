package dunlin.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class DynamicInt8Test {
  /** Steps. */
  private static final double WORST = 0.504;

  @Example
  void shouldRoundEveryValueOfEverySmallPeak() {
    for (int peak = 1; peak <= 3000; peak++) {
      for (int v = -peak; v <= peak; v++) {
        assertQuantised(v, peak);
      }
    }
  }

  @Property(tries = 100_000)
  void shouldRoundAnyValueOfAnyPeak(
      @ForAll @IntRange(min = 1) int word,
      @ForAll @IntRange(min = 0, max = 30) int shift,
      @ForAll Random random) {
    int peak = Math.max(1, word >>> shift);
    assertQuantised((int) (peak * (2 * random.nextDouble() - 1)), peak);
    assertQuantised(peak, peak);
    assertQuantised(-peak, peak);
  }

  @Property
  void shouldQuantiseARowByItsPeak(
      @ForAll @Size(min = 1, max = 40) int[] words,
      @ForAll @IntRange(min = 0, max = 31) int shift,
      @ForAll Random random) {
    int[] values =
        Arrays.stream(words).map(v -> Math.max(-Integer.MAX_VALUE, v) >> shift).toArray();
    int peak = Arrays.stream(values).map(Math::abs).max().orElseThrow();
    Guarded v = Guarded.ofInts(values, random);
    Guarded q = Guarded.garbage(values.length, random);
    assertEquals(peak, DynamicInt8.peak(v.bytes, v.at, values.length));
    DynamicInt8.row(v.bytes, v.at, q.bytes, q.at, values.length, peak);
    q.assertFenceUntouched();
    if (peak == 0) {
      assertArrayEquals(new int[values.length], q.bytes());
      return;
    }
    int s = DynamicInt8.shift(peak);
    int m = DynamicInt8.multiplier(peak);
    assertArrayEquals(
        Arrays.stream(values).map(x -> DynamicInt8.quantise(x, s, m)).toArray(), q.bytes());
  }

  private static void assertQuantised(int v, int peak) {
    int q = DynamicInt8.quantise(v, DynamicInt8.shift(peak), DynamicInt8.multiplier(peak));
    assertEquals(127.0 * v / peak, q, WORST);
    if (Math.abs(v) == peak) {
      assertEquals(Integer.signum(v) * 127, q);
    }
  }
}
