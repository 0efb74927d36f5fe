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

class LayerNormTest {
  private static final int FRACTION = 20;
  private static final int OUTPUT_RIGHT = 9;
  private static final int RESIDUAL_RIGHT = 2;

  private enum Elements {
    NORMAL,
    OUTLIERS,
    FAR_FROM_ZERO,
    SATURATED;

    int draw(int bits, Random random) {
      double size = Math.scalb(1.0, bits - 3);
      return switch (this) {
        case NORMAL -> (int) (random.nextGaussian() * size);
        case OUTLIERS ->
            (int) (random.nextGaussian() * (random.nextInt(20) == 0 ? size : size / 64));
        case FAR_FROM_ZERO -> (int) (3 * size + random.nextGaussian() * size / 16);
        case SATURATED -> random.nextBoolean() ? Integer.MAX_VALUE : Integer.MIN_VALUE;
      };
    }
  }

  /** Gains and biases of both targets, and the parameter block. */
  private record Norm(double[] gain, double[] bias, double epsilon) {
    static Norm draw(int width, double epsilon, Random random) {
      return new Norm(
          random.doubles(width, -30, 30).toArray(),
          random.doubles(width, -30, 30).toArray(),
          epsilon);
    }

    Guarded block(Random random) {
      int width = gain.length;
      Guarded p = Guarded.garbage(LayerNorm.BYTES + 2 * width * Affine.BYTES, random);
      int output = p.at + LayerNorm.BYTES;
      int residual = output + width * Affine.BYTES;
      int epsilonScale = Scales.of(Math.scalb(epsilon, 2 * FRACTION));
      int[] block = {
        width, Scales.of(1.0 / width), epsilonScale, output, OUTPUT_RIGHT, residual, RESIDUAL_RIGHT
      };
      for (int i = 0; i < block.length; i++) {
        Dsp.store32(p.bytes, p.at + 4 * i, block[i]);
      }
      for (int c = 0; c < width; c++) {
        affine(p.bytes, output + c * Affine.BYTES, gain[c], bias[c], OUTPUT_RIGHT);
        double stream = Math.scalb(1.0, FRACTION) / 30;
        affine(
            p.bytes,
            residual + c * Affine.BYTES,
            gain[c] * stream,
            bias[c] * stream,
            RESIDUAL_RIGHT);
      }
      return p;
    }

    private void affine(byte[] table, int at, double gain, double bias, int right) {
      int fraction = LayerNorm.fractionBits(this.gain.length);
      Dsp.store32(table, at, (int) Math.rint(Math.scalb(gain, 32 + right - fraction)));
      Dsp.store32(table, at + 4, (int) Math.rint(Math.scalb(bias, right)) + (1 << right - 1));
    }

    /** What the kernel's Javadoc says of x̂. */
    double worst(int[] x) {
      double peak = Arrays.stream(x).mapToDouble(v -> Math.abs((double) v)).max().orElseThrow();
      return Math.sqrt(x.length) * 0x1p-20 + 0x1p-21 * peak / deviation(x);
    }

    private double deviation(int[] x) {
      double mean = Arrays.stream(x).average().orElseThrow();
      double variance =
          Arrays.stream(x).mapToDouble(v -> (v - mean) * (v - mean)).average().orElseThrow();
      return Math.sqrt(variance + Math.scalb(epsilon, 2 * FRACTION));
    }

    /** In units of the gain. */
    double[] exact(int[] x) {
      double mean = Arrays.stream(x).average().orElseThrow();
      double deviation = deviation(x);
      return IntStream.range(0, x.length)
          .mapToDouble(c -> (x[c] - mean) / deviation * gain[c] + bias[c])
          .toArray();
    }
  }

  @Property(tries = 2000)
  void shouldNormaliseEachRowForBothTargets(
      @ForAll @IntRange(min = 2, max = 300) int width,
      @ForAll @IntRange(min = 1, max = 3) int rows,
      @ForAll @IntRange(min = 14, max = 31) int bits,
      @ForAll Elements elements,
      @ForAll Random random) {
    Norm norm = Norm.draw(width, 1e-5, random);
    int[] x =
        IntStream.generate(() -> elements.draw(bits, random)).limit((long) width * rows).toArray();
    assertNormalised(norm, x, random);
  }

  @Example
  void shouldNormaliseRowsAtBothEndsOfTheRange(@ForAll Random random) {
    Norm norm = Norm.draw(3, 1, random);
    for (int v : new int[] {0, 1, -1, 2, -2, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      assertNormalised(norm, new int[] {v, v, v, 0, v, 0, v, 0, 0, 0, 0, v}, random);
    }
  }

  @Example
  void shouldWriteTheStreamInPlace(@ForAll Random random) {
    Norm norm = Norm.draw(7, 1e-5, random);
    int[] x = random.ints(14, -1 << 24, 1 << 24).toArray();
    Guarded p = norm.block(random);
    Guarded in = Guarded.ofInts(x, random);
    Guarded apart = Guarded.garbage(4 * x.length, random);
    LayerNorm.rows(p.bytes, p.at, in.bytes, in.at, null, 0, apart.bytes, apart.at, 2);
    assertArrayEquals(x, in.ints());
    LayerNorm.rows(p.bytes, p.at, in.bytes, in.at, null, 0, in.bytes, in.at, 2);
    assertArrayEquals(apart.ints(), in.ints());
  }

  private static void assertNormalised(Norm norm, int[] x, Random random) {
    int width = norm.gain.length;
    int rows = x.length / width;
    Guarded p = norm.block(random);
    Guarded in = Guarded.ofInts(x, random);
    Guarded out = Guarded.garbage(x.length, random);
    Guarded stream = Guarded.garbage(4 * x.length, random);
    LayerNorm.rows(
        p.bytes, p.at, in.bytes, in.at, out.bytes, out.at, stream.bytes, stream.at, rows);
    out.assertFenceUntouched();
    stream.assertFenceUntouched();
    for (int row = 0; row < rows; row++) {
      int[] elements = Arrays.copyOfRange(x, row * width, (row + 1) * width);
      double[] exact = norm.exact(elements);
      double worst = norm.worst(elements);
      for (int c = 0; c < width; c++) {
        int at = row * width + c;
        double normalised = Math.abs(norm.gain[c]) * worst;
        double clamped = Math.max(-128, Math.min(127, exact[c]));
        assertEquals(clamped, out.bytes()[at], 0.502 + normalised);
        double value = Math.scalb(30.0 * stream.ints()[at], -FRACTION);
        assertEquals(exact[c], value, 0x1p-15 + normalised);
      }
    }
  }
}
