package dunlin.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class ScaleTest {
  /** One unit in the last place of the least mantissa. */
  private static final double ULP = 0x1p-23;

  private static final double WORST_RECIPROCAL = 1.002 * ULP;

  @Property
  void shouldTruncateAMantissaOfAnyLength(
      @ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long mantissa,
      @ForAll @IntRange(min = 0, max = 63) int shift,
      @ForAll @IntRange(min = -60, max = 60) int exponent) {
    long m = Math.max(1, mantissa >>> shift);
    assertTruncated(Math.scalb((double) m, exponent), Scale.of(m, exponent));
  }

  @Property
  void shouldTruncateProducts(@ForAll("scales") int a, @ForAll("scales") int b) {
    assertTruncated(value(a) * value(b), Scale.multiply(a, b));
  }

  @Property
  void shouldTruncateSums(@ForAll("scales") int a, @ForAll("scales") int b) {
    assertTruncated(value(a) + value(b), Scale.add(a, b));
    assertEquals(Scale.add(a, b), Scale.add(b, a));
  }

  @Property
  void shouldTruncateSumsOfNeighbouringExponents(
      @ForAll("scales") int a, @ForAll("scales") int b, @ForAll @IntRange(max = 26) int gap) {
    int near = (b & ~0xff) | ((byte) a - gap & 0xff);
    assertTruncated(value(a) + value(near), Scale.add(a, near));
  }

  @Property
  void shouldShiftExactly(@ForAll("scales") int a, @ForAll @IntRange(min = -60, max = 60) int n) {
    assertEquals(Math.scalb(value(a), n), value(Scale.shift(a, n)));
  }

  @Property
  void shouldHandOverTheMantissaForMulHigh(@ForAll("scales") int a) {
    assertTrue(Scale.mantissa31(a) >= 1 << 30);
    assertEquals(value(a), Math.scalb((double) Scale.mantissa31(a), Scale.exponent31(a)));
  }

  @Example
  void shouldInvertEveryMantissa() {
    double worst = 0;
    for (int mantissa = 1 << 23; mantissa < 1 << 24; mantissa++) {
      double error = value(Scale.reciprocal(mantissa << 8)) * mantissa - 1;
      worst = Math.max(worst, Math.abs(error));
    }
    assertEquals(0, worst, WORST_RECIPROCAL);
  }

  @Example
  void shouldTakeTheReciprocalSquareRootOfEveryMantissa() {
    double worst = 0;
    for (int mantissa = 1 << 23; mantissa < 1 << 24; mantissa++) {
      for (int exponent = 0; exponent <= 1; exponent++) {
        double exact = 1 / Math.sqrt((double) mantissa * (1 << exponent));
        double error = value(Scale.reciprocalSquareRoot(mantissa << 8 | exponent)) / exact - 1;
        worst = Math.max(worst, Math.abs(error));
      }
    }
    assertEquals(0, worst, WORST_RECIPROCAL);
  }

  @Property
  void shouldInvertAnyExponent(@ForAll @IntRange(min = -100, max = 80) int exponent) {
    for (int mantissa : new int[] {0x800000, 0xb504f3, 0xffffff}) {
      int scale = mantissa << 8 | exponent & 0xff;
      assertRelative(1 / value(scale), Scale.reciprocal(scale), WORST_RECIPROCAL);
      assertRelative(
          1 / Math.sqrt(value(scale)), Scale.reciprocalSquareRoot(scale), WORST_RECIPROCAL);
    }
  }

  @Example
  void shouldClampExponentsThatDoNotFit() {
    int huge = Scale.of(3, 120);
    int tiny = Scale.of(3, -100);
    assertEquals(127, (byte) Scale.multiply(huge, huge));
    assertEquals(-128, (byte) Scale.multiply(tiny, tiny));
    assertEquals(127, (byte) Scale.shift(huge, 100));
    assertEquals(-128, (byte) Scale.shift(tiny, -100));
    assertEquals(0x1p-105, value(Scale.SMALLEST));
  }

  @Provide
  Arbitrary<Integer> scales() {
    return Combinators.combine(
            Arbitraries.integers().between(1 << 23, (1 << 24) - 1),
            Arbitraries.integers().between(-50, 50))
        .as((mantissa, exponent) -> mantissa << 8 | exponent & 0xff);
  }

  static double value(int scale) {
    return Math.scalb((double) (scale >>> 8), (byte) scale);
  }

  private static void assertTruncated(double exact, int scale) {
    assertTrue((scale >>> 8) >= 1 << 23, "not normalised");
    double error = value(scale) / exact - 1;
    assertTrue(error <= 0x1p-52 && error > -ULP, "relative error " + error);
  }

  private static void assertRelative(double exact, int scale, double bound) {
    assertEquals(0, value(scale) / exact - 1, bound);
  }
}
