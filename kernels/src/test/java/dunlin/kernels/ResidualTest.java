package dunlin.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ResidualTest {
  @Property(tries = 500)
  void shouldAddEachRowScaledPerChannel(@ForAll boolean biased, @ForAll Random random) {
    int rows = 1 + random.nextInt(4);
    int channels = 1 + random.nextInt(20);
    int left = random.nextInt(20);
    int right = 1 + random.nextInt(31);
    int[] m = random.ints(channels, 0, Integer.MAX_VALUE).toArray();
    int[] bias = biased ? random.ints(channels).toArray() : null;
    int[] x = random.ints((long) rows * channels).toArray();
    int[] acc = Arrays.stream(x).map(v -> random.nextInt() >> left).toArray();
    int[] expected =
        IntStream.range(0, x.length)
            .map(
                i -> {
                  int c = i % channels;
                  long scaled = Requantise.apply(acc[i], m[c], left, right);
                  return clamp(x[i] + (long) clamp(scaled + (biased ? bias[c] : 0)));
                })
            .toArray();
    assertArrayEquals(expected, add(acc, m, bias, x, rows, left, right, random));
  }

  @Example
  void shouldSaturateAtBothEnds(@ForAll Random random) {
    int[] acc = {Integer.MAX_VALUE, Integer.MIN_VALUE};
    int[] m = {Integer.MAX_VALUE, Integer.MAX_VALUE};
    int[] x = {Integer.MAX_VALUE - 5, Integer.MIN_VALUE + 5};
    assertArrayEquals(
        new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE}, add(acc, m, null, x, 1, 0, 1, random));
  }

  /** A part of the channels of two rows. */
  @Example
  void shouldLeaveOtherChannelsAlone(@ForAll Random random) {
    int[] acc = {1 << 8, 2 << 8, 3 << 8, 4 << 8};
    int[] m = {1 << 30, 1 << 30};
    int[] x = {10, 20, 30, 40, 50, 60};
    int[] sum = add(acc, m, null, x, 2, 0, 1, random);
    int[] added = IntStream.of(acc).map(a -> Requantise.apply(a, 1 << 30, 0, 1)).toArray();
    assertArrayEquals(
        new int[] {10 + added[0], 20 + added[1], 30, 40 + added[2], 50 + added[3], 60}, sum);
  }

  private static int[] add(
      int[] acc, int[] m, int[] bias, int[] x, int rows, int left, int right, Random random) {
    Guarded sums = Guarded.ofInts(acc, random);
    Guarded multipliers = Guarded.ofInts(m, random);
    Guarded biases = Guarded.ofInts(bias == null ? new int[0] : bias, random);
    Guarded stream = Guarded.ofInts(x, random);
    Residual.add(
        sums.bytes,
        sums.at,
        multipliers.bytes,
        multipliers.at,
        bias == null ? null : biases.bytes,
        biases.at,
        stream.bytes,
        stream.at,
        rows,
        m.length,
        4 * (x.length / rows),
        left,
        right);
    stream.assertFenceUntouched();
    return stream.ints();
  }

  private static int clamp(long v) {
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, v));
  }
}
