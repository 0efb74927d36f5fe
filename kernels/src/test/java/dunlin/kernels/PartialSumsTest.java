package dunlin.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.math.BigInteger;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PartialSumsTest {
  private static final int GUARD = 8;

  @Property(tries = 200)
  void shouldAddWhatWasPacked(
      @ForAll @IntRange(min = 3, max = 4) int width,
      @ForAll @IntRange(max = 23) int count,
      @ForAll long seed) {
    Random random = new Random(seed);
    int[] sums = random.ints(count).map(sum -> sum >> 32 - 8 * width).toArray();
    int[] before = random.ints(count + 2 * GUARD / 4).toArray();
    byte[] packed = new byte[GUARD + width * count + GUARD];

    PartialSums.pack(bytes(sums), 0, packed, GUARD, width, count);
    byte[] words = bytes(before);
    PartialSums.add(packed, GUARD, width, words, GUARD, count);

    int[] expected = before.clone();
    for (int i = 0; i < count; i++) {
      expected[GUARD / 4 + i] += sums[i];
    }
    assertArrayEquals(bytes(expected), words);
    assertArrayEquals(littleEndian(sums, width), packed, "packed, and nothing around it");
  }

  private static byte[] bytes(int[] words) {
    byte[] bytes = new byte[4 * words.length];
    for (int i = 0; i < words.length; i++) {
      Dsp.store32(bytes, 4 * i, words[i]);
    }
    return bytes;
  }

  private static byte[] littleEndian(int[] sums, int width) {
    byte[] bytes = new byte[GUARD + width * sums.length + GUARD];
    for (int i = 0; i < sums.length; i++) {
      BigInteger sum = BigInteger.valueOf(sums[i]);
      for (int b = 0; b < width; b++) {
        bytes[GUARD + width * i + b] = sum.shiftRight(8 * b).byteValue();
      }
    }
    return bytes;
  }
}
