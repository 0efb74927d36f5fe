package dunlin.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class AffineTest {
  @Property(tries = 500)
  void shouldStayWithinItsErrorOfTheFloats(
      @ForAll @IntRange(min = 0, max = 5) int rows,
      @ForAll @IntRange(min = 1, max = 20) int channels,
      @ForAll @IntRange(min = 1, max = 30) int right,
      @ForAll Random random) {
    int[] multipliers = integers(channels, random);
    int[] biases = biases(channels, right, random);
    int[] pairs =
        IntStream.range(0, 2 * channels)
            .map(i -> i % 2 == 0 ? multipliers[i / 2] : addend(biases[i / 2], right))
            .toArray();
    int[] x = integers(rows * channels, random);
    Guarded table = Guarded.ofInts(pairs, random);
    Guarded in = Guarded.ofInts(x, random);
    Guarded y = Guarded.garbage(rows * channels, random);
    Affine.rows(table.bytes, table.at, in.bytes, in.at, y.bytes, y.at, rows, channels, right);
    y.assertFenceUntouched();
    int[] actual = y.bytes();
    for (int i = 0; i < x.length; i++) {
      int channel = i % channels;
      double product = Math.scalb((double) x[i] * multipliers[channel], -32 - right);
      double exact = Math.max(-128, Math.min(127, product + biases[channel]));
      assertEquals(exact, actual[i], 0.5 + Math.scalb(1.0, -1 - right) + 1e-6);
    }
  }

  /** Of all magnitudes for which the host proves that no sum overflows. */
  private static int[] integers(int count, Random random) {
    return random.ints(count).map(v -> v >> 1 + random.nextInt(31)).toArray();
  }

  /** Half of them of the results' size. */
  private static int[] biases(int count, int right, Random random) {
    int most = (1 << 30 - right) - 1;
    int small = Math.min(most, 150);
    return IntStream.range(0, count)
        .map(i -> i % 2 == 0 ? most : small)
        .map(bound -> random.nextInt(2 * bound + 1) - bound)
        .toArray();
  }

  private static int addend(int bias, int right) {
    return (bias << right) + (1 << right - 1);
  }
}
