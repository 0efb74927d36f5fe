package dunlin.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What must hold to the last bit. */
class AttentionTest {
  private static final int ONE = 1 << AttentionCase.FRACTION;

  @Property(tries = 200)
  void shouldGiveTheSameBitsForAnyChunks(
      @ForAll @IntRange(min = 1, max = 3) int kvHeads,
      @ForAll @IntRange(min = 1, max = 3) int group,
      @ForAll boolean wide,
      @ForAll @IntRange(min = 1, max = 5) int pairs,
      @ForAll @IntRange(min = 1, max = 40) int positions,
      @ForAll Random random) {
    int heads = kvHeads * group;
    int headSize = 2 * pairs;
    CacheLayout layout = new CacheLayout(kvHeads, headSize, positions);
    AttentionCase attention = new AttentionCase(layout, heads, wide ? 12 : 8, ONE / 40.0, random);
    int[][] queries = new int[positions][];
    for (int j = 0; j < positions; j++) {
      queries[j] = row(heads * headSize, random);
      attention.write(j, row(kvHeads * headSize, random), row(kvHeads * headSize, random));
    }
    int width = heads * headSize;
    int[] whole = attention.attend(0, queries);
    for (int from = 0; from < positions; ) {
      int to = Math.min(positions, from + 1 + random.nextInt(5));
      int[] chunk = attention.attend(from, Arrays.copyOfRange(queries, from, to));
      assertArrayEquals(Arrays.copyOfRange(whole, from * width, to * width), chunk);
      from = to;
    }
  }

  /** Decoding starts on a cache of garbage, and writes one position at a time. */
  @Property(tries = 200)
  void shouldNotSeeLaterPositions(
      @ForAll @IntRange(min = 1, max = 40) int positions, @ForAll Random random) {
    CacheLayout layout = new CacheLayout(2, 6, positions);
    AttentionCase attention = new AttentionCase(layout, 4, 8, ONE / 40.0, random);
    int[][] queries = new int[positions][];
    int[][] contexts = new int[positions][];
    for (int j = 0; j < positions; j++) {
      queries[j] = row(24, random);
      attention.write(j, row(12, random), row(12, random));
      contexts[j] = attention.attend(j, queries[j]);
    }
    int changed = random.nextInt(positions);
    for (int j = changed; j < positions; j++) {
      attention.write(j, row(12, random), row(12, random));
    }
    for (int j = 0; j < changed; j++) {
      assertArrayEquals(contexts[j], attention.attend(j, queries[j]));
    }
  }

  @Property
  void shouldQuantiseEachHeadOfAQueryByItsOwnPeak(
      @ForAll @IntRange(min = 1, max = 5) int heads,
      @ForAll @IntRange(min = 1, max = 9) int headSize,
      @ForAll Random random) {
    int[] x = row(heads * headSize, random);
    Guarded in = Guarded.ofInts(x, random);
    Guarded q = Guarded.garbage(Attention.queryBytes(heads, headSize, 1), random);
    Attention.query(in.bytes, in.at, q.bytes, q.at, heads, headSize);
    q.assertFenceUntouched();
    int[] peaks = q.ints();
    for (int head = 0; head < heads; head++) {
      int[] part = Arrays.copyOfRange(x, head * headSize, (head + 1) * headSize);
      int peak = Arrays.stream(part).map(Math::abs).max().orElseThrow();
      assertEquals(peak, peaks[peaks.length - heads + head]);
      for (int i = 0; i < headSize; i++) {
        double exact = peak == 0 ? 0 : 127.0 * part[i] / peak;
        assertEquals(exact, q.bytes()[head * headSize + i], 0.504);
      }
    }
  }

  @Example
  void shouldSaturateAContextWhoseScaleIsFarTooSmall(@ForAll Random random) {
    CacheLayout layout = new CacheLayout(1, 4, 1);
    AttentionCase attention = new AttentionCase(layout, 1, 8, 1e-12, random);
    attention.write(0, new int[4], new int[] {ONE, -ONE, 0, ONE});
    assertArrayEquals(new int[] {127, -128, 0, 127}, attention.attend(0, new int[4]));
  }

  @Example
  void shouldGiveAllToAScoreBeyondTheRange(@ForAll Random random) {
    AttentionCase attention =
        new AttentionCase(new CacheLayout(1, 2, 2), 1, 8, ONE / 100.0, random);
    attention.write(0, new int[2], new int[] {-ONE, -ONE});
    attention.write(1, new int[] {1 << 29, 1 << 29}, new int[] {ONE, -ONE});
    assertArrayEquals(new int[] {100, -100}, attention.attend(1, new int[] {1 << 29, 1 << 29}));
  }

  /** Elements of any size up to four, and rows of zeros. */
  private static int[] row(int count, Random random) {
    int shift = 13 + random.nextInt(20);
    return random.ints(count).map(v -> (int) (v / (1L << shift))).toArray();
  }
}
