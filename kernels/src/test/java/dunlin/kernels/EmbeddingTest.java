package dunlin.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class EmbeddingTest {
  @Property(tries = 500)
  void shouldReadTheSameRowFromEveryLayout(
      @ForAll @IntRange(min = 1, max = 30) int tokens,
      @ForAll @IntRange(min = 1, max = 70) int width,
      @ForAll @IntRange(min = 1, max = 31) int right,
      @ForAll Random random) {
    int[] w = random.ints((long) tokens * width, -128, 128).toArray();
    int[] m = random.ints(tokens, 0, Integer.MAX_VALUE).toArray();
    int token = random.nextInt(tokens);
    int[] x = row(w, WeightLayout.PLAIN, m, right, token, width, random);
    for (int layout : new int[] {WeightLayout.PACKED, WeightLayout.HELIUM}) {
      int[] packed = random.ints(WeightLayout.bytes(layout, width, tokens)).toArray();
      for (int i = 0; i < w.length; i++) {
        packed[WeightLayout.offset(layout, i / width, i % width, width)] = w[i];
      }
      assertArrayEquals(x, row(packed, layout, m, right, token, width, random));
    }
    for (int i = 0; i < width; i++) {
      double exact = Math.scalb((double) w[token * width + i] * m[token], -8 - right);
      assertEquals(exact, x[i], 0.5 + Math.scalb(1.0, -1 - right) + 1e-6);
    }
  }

  @Property(tries = 300)
  void shouldAddTheRowToTheStreamSaturating(
      @ForAll @IntRange(min = 1, max = 20) int width,
      @ForAll @IntRange(min = 0, max = 2) int layout,
      @ForAll @IntRange(min = 1, max = 31) int right,
      @ForAll Random random) {
    int[] w = random.ints(WeightLayout.bytes(layout, width, 3), -128, 128).toArray();
    int[] m = random.ints(3, 0, Integer.MAX_VALUE).toArray();
    int[] before = random.ints(width).toArray();
    int[] row = row(w, layout, m, right, 2, width, random);
    int[] expected =
        IntStream.range(0, width).map(i -> Dsp.addSaturating(before[i], row[i])).toArray();
    Guarded weights = Guarded.ofBytes(w, random);
    Guarded x = Guarded.ofInts(before, random);
    Embedding.add(weights.bytes, weights.at, layout, m[2], right, 2, x.bytes, x.at, width);
    x.assertFenceUntouched();
    assertArrayEquals(expected, x.ints());
  }

  @Property(tries = 200)
  void shouldCopyTheRowOfEveryLayout(
      @ForAll @IntRange(min = 1, max = 20) int width,
      @ForAll @IntRange(min = 0, max = 2) int layout,
      @ForAll @IntRange(min = 0, max = 4) int token,
      @ForAll Random random) {
    int[] row = random.ints(width, -128, 128).toArray();
    int[] w = random.ints(WeightLayout.bytes(layout, width, 5), -128, 128).toArray();
    IntStream.range(0, width)
        .forEach(i -> w[WeightLayout.offset(layout, token, i, width)] = row[i]);
    Guarded weights = Guarded.ofBytes(w, random);
    Guarded copy = Guarded.garbage(width, random);
    Embedding.copy(weights.bytes, weights.at, layout, token, copy.bytes, copy.at, width);
    copy.assertFenceUntouched();
    assertArrayEquals(row, copy.bytes());
  }

  private static int[] row(
      int[] w, int layout, int[] m, int right, int token, int width, Random random) {
    Guarded weights = Guarded.ofBytes(w, random);
    Guarded multipliers = Guarded.ofInts(m, random);
    Guarded x = Guarded.garbage(4 * width, random);
    Embedding.row(
        weights.bytes,
        weights.at,
        layout,
        multipliers.bytes,
        multipliers.at,
        right,
        token,
        x.bytes,
        x.at,
        width);
    x.assertFenceUntouched();
    return x.ints();
  }
}
