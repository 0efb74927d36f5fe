package dunlin.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RequantiseTest {
  @Property
  void shouldRoundTheExactProductOnce(
      @ForAll int word,
      @ForAll @IntRange(min = 0) int m,
      @ForAll @IntRange(min = 0, max = 31) int left,
      @ForAll @IntRange(min = 1, max = 31) int right) {
    int acc = word >> left;
    BigInteger exact = BigInteger.valueOf(acc).shiftLeft(left).multiply(BigInteger.valueOf(m));
    assertEquals(round(exact, 32 + right), Requantise.apply(acc, m, left, right));
  }

  @Property
  void shouldRoundOnceAndSaturateForAnyShift(
      @ForAll int acc,
      @ForAll @IntRange(min = 0) int mantissa,
      @ForAll @IntRange(min = -31, max = 31) int shift,
      @ForAll @IntRange(min = 2, max = 32) int bits) {
    assertSaturating(acc, mantissa, shift, bits);
  }

  @Example
  void shouldSaturateTheLargestProductsAtEveryShift() {
    for (int shift = -31; shift <= 31; shift++) {
      for (int acc : new int[] {Integer.MIN_VALUE, Integer.MAX_VALUE, -1, 0, 1}) {
        assertSaturating(acc, Integer.MAX_VALUE, shift, 8);
        assertSaturating(acc, 1 << 30, shift, 32);
      }
    }
  }

  @Property(tries = 500)
  void shouldScaleEachRowAndChannel(
      @ForAll @IntRange(min = 1, max = 4) int rows,
      @ForAll @IntRange(min = 1, max = 9) int channels,
      @ForAll @IntRange(min = 0, max = 20) int left,
      @ForAll @IntRange(min = 1, max = 31) int right,
      @ForAll boolean biased,
      @ForAll Random random) {
    int[] acc = random.ints((long) rows * channels).map(v -> v >> left).toArray();
    int[] m = random.ints(channels, 0, Integer.MAX_VALUE).toArray();
    int[] bias = random.ints(channels).map(v -> biased ? v >> random.nextInt(32) : 0).toArray();
    // Rows of one call differ by up to a factor of four; the first is the largest.
    int[] scales =
        IntStream.range(0, rows)
            .map(row -> 0x800000 + random.nextInt(0x800000) << 8 | (-9 - row % 3) & 0xff)
            .toArray();
    int shift = 16 - right;
    Guarded y = Guarded.ofInts(acc, random);
    rows(y, m, biased ? bias : null, scales, channels, left, shift, random);
    int[] actual = y.ints();
    for (int i = 0; i < acc.length; i++) {
      double scale = Math.scalb(ScaleTest.value(scales[i / channels]), left + shift - 64);
      double exact = (double) acc[i] * m[i % channels] * scale;
      double sum = exact + bias[i % channels];
      double worst = 0.5 + Math.scalb(1.0, -right - 1) + 1e-6;
      if (Math.abs(sum) < Integer.MAX_VALUE) {
        assertEquals(sum, actual[i], worst);
      } else {
        assertEquals(sum > 0 ? Integer.MAX_VALUE : Integer.MIN_VALUE, actual[i]);
      }
    }
    y.assertFenceUntouched();
  }

  /** Where a row's scale is large its sums are small: results stay below 2^28 all the same. */
  @Property(tries = 500)
  void shouldShiftSmallSumsOfALargeScaleToTheLeft(
      @ForAll @IntRange(min = -15, max = 0) int right,
      @ForAll @IntRange(min = 0, max = 12) int left,
      @ForAll Random random) {
    int[] acc = random.ints(8).map(v -> v >> left >> 4 - right).toArray();
    int[] m = random.ints(8, 0, Integer.MAX_VALUE).toArray();
    int scale = 0x800000 + random.nextInt(0x800000) << 8 | -9 & 0xff;
    int shift = 16 - right;
    Guarded y = Guarded.ofInts(acc, random);
    rows(y, m, null, new int[] {scale}, 8, left, shift, random);
    for (int i = 0; i < acc.length; i++) {
      double exact = (double) acc[i] * m[i] * Math.scalb(ScaleTest.value(scale), left + shift - 64);
      assertEquals(exact, y.ints()[i], 0.5 + Math.scalb(1.0, -right - 1) + 1e-6);
    }
    y.assertFenceUntouched();
  }

  @Example
  void shouldGiveZeroForScalesThatVanish() {
    Random random = new Random(1);
    int[] acc = {Integer.MAX_VALUE, Integer.MIN_VALUE};
    int[] m = {Integer.MAX_VALUE, Integer.MAX_VALUE};
    Guarded y = Guarded.ofInts(acc, random);
    rows(y, m, null, new int[] {Scale.SMALLEST}, 2, 0, 0, random);
    assertArrayEquals(new int[2], y.ints());
  }

  private static void rows(
      Guarded y,
      int[] m,
      int[] bias,
      int[] scales,
      int channels,
      int left,
      int shift,
      Random random) {
    Guarded multipliers = Guarded.ofInts(m, random);
    Guarded biases = Guarded.ofInts(bias == null ? m : bias, random);
    Guarded rowScales = Guarded.ofInts(scales, random);
    Requantise.rows(
        y.bytes,
        y.at,
        multipliers.bytes,
        multipliers.at,
        bias == null ? null : biases.bytes,
        biases.at,
        rowScales.bytes,
        rowScales.at,
        scales.length,
        channels,
        left,
        shift);
  }

  private static void assertSaturating(int acc, int mantissa, int shift, int bits) {
    BigInteger exact = BigInteger.valueOf(acc).multiply(BigInteger.valueOf(mantissa));
    long bound = 1L << (bits - 1);
    long expected = Math.max(-bound, Math.min(bound - 1, round(exact, 32 + shift)));
    assertEquals(expected, Requantise.saturating(acc, mantissa, shift, bits));
  }

  /** product · 2^-shift, halves up. */
  private static long round(BigInteger product, int shift) {
    return product.add(BigInteger.ONE.shiftLeft(shift - 1)).shiftRight(shift).longValueExact();
  }
}
