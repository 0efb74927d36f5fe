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

class NoNormTest {
  @Property(tries = 500)
  void shouldRoundTheExactProductOnceThenAddTheBias(
      @ForAll @IntRange(min = 0, max = 4) int rows,
      @ForAll @IntRange(min = 1, max = 20) int width,
      @ForAll @IntRange(min = 1, max = 31) int shift,
      @ForAll Random random) {
    int[] x = integers(rows * width, random);
    int[] gain = integers(width, random);
    int[] bias = integers(width, random);
    int[] expected =
        IntStream.range(0, x.length)
            .map(i -> exact(x[i], gain[i % width], bias[i % width], shift))
            .toArray();
    assertArrayEquals(expected, run(x, gain, bias, shift, random));
  }

  /** Of all magnitudes. */
  private static int[] integers(int count, Random random) {
    return random.ints(count).map(v -> v >> random.nextInt(32)).toArray();
  }

  private static int exact(int x, int gain, int bias, int shift) {
    BigInteger half = BigInteger.ONE.shiftLeft(shift - 1);
    BigInteger product = BigInteger.valueOf(x).multiply(BigInteger.valueOf(gain));
    return clamp(clamp(product.add(half).shiftRight(shift)) + (long) bias);
  }

  private static int clamp(BigInteger v) {
    return v.bitLength() > 63 ? clamp(v.signum() * Long.MAX_VALUE) : clamp(v.longValue());
  }

  private static int clamp(long v) {
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, v));
  }

  @Property(tries = 300)
  void shouldStayWithinHalfAStepOfTheFloats(@ForAll Random random) {
    double gain = 4 * random.nextDouble() - 2;
    int fixed = (int) Math.round(gain * 0x1p29);
    int x = random.nextInt(1 << 30) - (1 << 29);
    int bias = random.nextInt(1 << 20) - (1 << 19);
    int[] y = run(new int[] {x}, new int[] {fixed}, new int[] {bias}, 29, random);
    assertEquals(x * (fixed * 0x1p-29) + bias, y[0], 0.5 + 1e-6);
  }

  @Example
  void shouldSaturateAtBothEnds(@ForAll Random random) {
    int max = Integer.MAX_VALUE;
    int min = Integer.MIN_VALUE;
    int[] x = {max, min, min, max, max - 5, min + 5, max};
    int[] gain = {max, max, min, min, 1 << 30, 1 << 30, 1 << 30};
    int[] bias = {-1, 1, 0, 0, 10, -10, min};
    assertArrayEquals(
        new int[] {max - 1, min + 1, max, min, max, min, -1}, run(x, gain, bias, 30, random));
  }

  private static int[] run(int[] x, int[] gain, int[] bias, int shift, Random random) {
    int width = gain.length;
    int[] pairs =
        IntStream.range(0, 2 * width).map(i -> i % 2 == 0 ? gain[i / 2] : bias[i / 2]).toArray();
    Guarded table = Guarded.ofInts(pairs, random);
    Guarded stream = Guarded.ofInts(x, random);
    NoNorm.rows(table.bytes, table.at, stream.bytes, stream.at, x.length / width, width, shift);
    stream.assertFenceUntouched();
    return stream.ints();
  }
}
