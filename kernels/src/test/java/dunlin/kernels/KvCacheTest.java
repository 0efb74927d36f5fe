package dunlin.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class KvCacheTest {
  @Property(tries = 500)
  void shouldHoldWhatWasWrittenAndLeaveOtherPositionsAlone(
      @ForAll @IntRange(min = 1, max = 4) int kvHeads,
      @ForAll @IntRange(min = 1, max = 16) int pairs,
      @ForAll @IntRange(min = 1, max = 40) int capacity,
      @ForAll Random random) {
    CacheLayout layout = new CacheLayout(kvHeads, 2 * pairs, capacity);
    assertEquals(layout.bytes(), KvCache.bytes(kvHeads, 2 * pairs, capacity));
    Guarded cache = Guarded.garbage(layout.bytes(), random);
    byte[] before = cache.bytes.clone();
    int position = random.nextInt(capacity);
    int[] key = row(kvHeads * 2 * pairs, random);
    int[] value = row(kvHeads * 2 * pairs, random);
    layout.write(cache, position, key, value, random);
    assertHeld(cache, layout, key, value, position);
    erase(before, cache.at, layout, position);
    erase(cache.bytes, cache.at, layout, position);
    assertArrayEquals(before, cache.bytes);
  }

  /** Elements of any size up to 2^30, zeros among them. */
  private static int[] row(int count, Random random) {
    int shift = 1 + random.nextInt(32);
    return random.ints(count).map(v -> (int) (v / (1L << shift))).toArray();
  }

  private static void assertHeld(
      Guarded cache, CacheLayout layout, int[] key, int[] value, int position) {
    for (int i = 0; i < key.length; i++) {
      int head = i / layout.headSize();
      int element = i % layout.headSize();
      double keyStep = layout.step(cache, layout.keyScaleAt(head, position));
      double valueStep = layout.step(cache, layout.valueScaleAt(head, position));
      assertEquals(key[i], layout.key(cache, head, position, element), 0.504 * keyStep);
      assertEquals(value[i], layout.value(cache, head, position, element), 0.504 * valueStep);
    }
  }

  /** Zeros all that belongs to one position. */
  private static void erase(byte[] bytes, int at, CacheLayout layout, int position) {
    for (int head = 0; head < layout.kvHeads(); head++) {
      for (int i = 0; i < layout.headSize(); i++) {
        bytes[at + layout.keyAt(head, position, i)] = 0;
        bytes[at + layout.valueAt(head, position, i)] = 0;
      }
      Dsp.store16(bytes, at + layout.keyScaleAt(head, position), 0);
      Dsp.store16(bytes, at + layout.valueScaleAt(head, position), 0);
    }
  }
}
