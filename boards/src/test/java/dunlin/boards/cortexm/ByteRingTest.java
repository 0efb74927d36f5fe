package dunlin.boards.cortexm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ByteRingTest {
  @Property
  void shouldGiveBackWhatItTookInOrder(
      @ForAll @IntRange(min = 1, max = 9) int capacity,
      @ForAll @Size(max = 60) List<@IntRange(min = -9, max = 9) Integer> steps) {
    ByteRing ring = new ByteRing(new RegisterModel(), capacity);
    Deque<Integer> expected = new ArrayDeque<>();
    int next = 0;
    for (int step : steps) {
      byte[] block = new byte[Math.abs(step)];
      if (step >= 0) {
        for (int i = 0; i < step; i++) {
          block[i] = (byte) (next + i);
        }
        int put = ring.putAll(block, 0, step);
        assertEquals(Math.min(step, capacity - expected.size()), put);
        for (int i = 0; i < put; i++) {
          expected.add(next++ & 0xff);
        }
      } else {
        int taken = ring.takeAll(block, 0, -step);
        assertEquals(Math.min(-step, expected.size()), taken);
        for (int i = 0; i < taken; i++) {
          assertEquals(expected.remove(), block[i] & 0xff);
        }
      }
      assertEquals(expected.size(), ring.count());
      assertEquals(capacity - expected.size(), ring.free());
    }
  }

  @Example
  void shouldRefuseAByteWhenItIsFull() {
    ByteRing ring = new ByteRing(new RegisterModel(), 2);
    assertEquals(List.of(true, true, false), List.of(ring.put(1), ring.put(2), ring.put(3)));
    assertEquals(1, ring.take());
  }
}
