package dunlin.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RmsNormTest {
  private static final int FRACTION = 20;
  private static final int GAIN_BITS = 12;

  private enum Gains {
    ONE,
    USUAL,
    OUTLIERS,
    SOME_ZERO;

    int draw(Random random) {
      int usual = (1 << GAIN_BITS) + (int) (random.nextGaussian() * 500);
      return switch (this) {
        case ONE -> 1 << GAIN_BITS;
        case USUAL -> usual;
        case OUTLIERS ->
            random.nextInt(16) == 0 ? (random.nextBoolean() ? 32767 : -32768) : usual / 16;
        case SOME_ZERO -> random.nextInt(3) == 0 ? 0 : usual;
      };
    }
  }

  private enum Elements {
    NORMAL,
    OUTLIERS,
    SATURATED,
    EQUAL;

    int draw(int bits, Random random) {
      double size = Math.scalb(1.0, bits - 3);
      return switch (this) {
        case NORMAL -> (int) (random.nextGaussian() * size);
        case OUTLIERS ->
            (int) (random.nextGaussian() * (random.nextInt(10) == 0 ? 4 * size : size / 64));
        case SATURATED -> random.nextBoolean() ? Integer.MAX_VALUE : Integer.MIN_VALUE;
        case EQUAL -> -(int) size;
      };
    }
  }

  /** A norm's gain table and epsilon. */
  private record Norm(int[] gain, double epsilon) {
    Guarded block(Random random) {
      Guarded p = Guarded.garbage(RmsNorm.BYTES + 2 * gain.length, random);
      int table = p.at + RmsNorm.BYTES;
      Dsp.store32(p.bytes, p.at + RmsNorm.WIDTH, gain.length);
      Dsp.store32(p.bytes, p.at + RmsNorm.GAIN, table);
      Dsp.store32(p.bytes, p.at + RmsNorm.INVERSE_WIDTH, Scales.of(1.0 / gain.length));
      Dsp.store32(p.bytes, p.at + RmsNorm.EPSILON, Scales.of(Math.scalb(epsilon, 2 * FRACTION)));
      Dsp.store32(p.bytes, p.at + RmsNorm.UNIT, Scales.of(Math.scalb(1.0 / 127, -GAIN_BITS)));
      for (int i = 0; i < gain.length; i++) {
        Dsp.store16(p.bytes, table + 2 * i, gain[i]);
      }
      return p;
    }

    double[] exact(int[] x) {
      double mean =
          Arrays.stream(x)
              .mapToDouble(v -> Math.scalb((double) v, -FRACTION))
              .map(v -> v * v)
              .average()
              .orElseThrow();
      double factor = Math.scalb(1 / Math.sqrt(mean + epsilon), -FRACTION - GAIN_BITS);
      return IntStream.range(0, x.length)
          .mapToDouble(i -> (double) x[i] * gain[i] * factor)
          .toArray();
    }

    /** p of the kernel's Javadoc. */
    double peak(int[] x) {
      double largest = Arrays.stream(x).mapToDouble(v -> Math.abs((double) v)).max().orElseThrow();
      return IntStream.range(0, x.length)
          .mapToDouble(i -> Math.abs((double) x[i] * gain[i]) / largest * 0x1p14)
          .max()
          .orElseThrow();
    }
  }

  @Property(tries = 2000)
  void shouldNormaliseEachRow(
      @ForAll @IntRange(min = 1, max = 300) int width,
      @ForAll @IntRange(min = 1, max = 3) int rows,
      @ForAll @IntRange(min = 3, max = 31) int bits,
      @ForAll Gains gains,
      @ForAll Elements elements,
      @ForAll @IntRange(min = -20, max = 6) int epsilonBits,
      @ForAll Random random) {
    int[] gain = IntStream.generate(() -> gains.draw(random)).limit(width).toArray();
    int[] x =
        IntStream.generate(() -> elements.draw(bits, random)).limit((long) width * rows).toArray();
    assertNormalised(new Norm(gain, Math.scalb(1.0, epsilonBits)), x, random);
  }

  @Example
  void shouldNormaliseRowsAtBothEndsOfTheRange(@ForAll Random random) {
    Norm norm = new Norm(new int[] {4096, 319, -32768}, 1e-5);
    for (int v : new int[] {0, 1, -1, 2, -2, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      assertNormalised(norm, new int[] {v, v, v, 0, v, 0, v, 0, 0, 0, 0, v}, random);
    }
  }

  private static void assertNormalised(Norm norm, int[] x, Random random) {
    int width = norm.gain.length;
    int rows = x.length / width;
    Guarded p = norm.block(random);
    Guarded in = Guarded.ofInts(x, random);
    Guarded out = Guarded.garbage(x.length, random);
    Guarded scales = Guarded.garbage(4 * rows, random);
    RmsNorm.rows(p.bytes, p.at, in.bytes, in.at, out.bytes, out.at, scales.bytes, scales.at, rows);
    out.assertFenceUntouched();
    scales.assertFenceUntouched();
    int[] q = out.bytes();
    for (int row = 0; row < rows; row++) {
      int from = row * width;
      int to = from + width;
      assertRow(
          norm,
          Arrays.copyOfRange(x, from, to),
          Arrays.copyOfRange(q, from, to),
          scales.ints()[row]);
    }
  }

  private static void assertRow(Norm norm, int[] x, int[] q, int scale) {
    double[] y = norm.exact(x);
    double max = Arrays.stream(y).map(Math::abs).max().orElseThrow();
    if (max == 0) {
      assertArrayEquals(new int[x.length], q);
      assertEquals(Scale.SMALLEST, scale);
      return;
    }
    double p = norm.peak(x);
    double worstScale = 0x1p-20 + x.length * 0x1p-29 + 1 / p;
    assertEquals(1, ScaleTest.value(scale) * 127 / max, worstScale);
    for (int i = 0; i < x.length; i++) {
      assertEquals(127 * y[i] / max, q[i], 0.504 + 254 / p);
    }
  }
}
