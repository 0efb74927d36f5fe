package dunlin.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every primitive against its plain definition. */
class DspTest {
  private static final int[] EDGES =
      IntStream.concat(
              IntStream.range(0, 32).flatMap(bit -> IntStream.of(1 << bit, (1 << bit) - 1)),
              new SplittableRandom(1).ints(100))
          .flatMap(v -> IntStream.of(v, -v, ~v, v ^ 0x8000, v ^ 0x00ff00ff))
          .distinct()
          .toArray();

  private final byte[] bytes = new byte[11];
  private final ByteBuffer reference = ByteBuffer.wrap(new byte[11]).order(ByteOrder.LITTLE_ENDIAN);

  @Test
  void shouldLoadAndStoreWordsLittleEndian() {
    for (int at = 0; at <= 4; at += 4) {
      for (int word : EDGES) {
        Dsp.store32(bytes, at, word);
        assertArrayEquals(reference.putInt(at, word).array(), bytes);
        assertEquals(word, Dsp.load32(bytes, at));
      }
    }
  }

  @Test
  void shouldLoadTwoWordsTheFirstOneLow() {
    for (int first : EDGES) {
      for (int second : EDGES) {
        Dsp.store32(bytes, 0, first);
        Dsp.store32(bytes, 4, second);
        assertEquals(reference.putInt(0, first).putInt(4, second).getLong(0), Dsp.load64(bytes, 0));
      }
    }
  }

  @Test
  void shouldThrowWhereABoardWouldFault() {
    for (int at : new int[] {1, 2, 3, 5, 6, 7, 8, -4}) {
      assertThrows(ArrayIndexOutOfBoundsException.class, () -> Dsp.load32(bytes, at));
      assertThrows(ArrayIndexOutOfBoundsException.class, () -> Dsp.store32(bytes, at, 1));
    }
  }

  @Test
  void shouldLoadAndStoreEveryHalfword() {
    for (int half = 0; half < 1 << 16; half++) {
      Dsp.store16(bytes, half % 9, half | 0xabcd0000);
      assertArrayEquals(reference.putShort(half % 9, (short) half).array(), bytes);
      assertEquals((short) half, Dsp.load16(bytes, half % 9));
      assertEquals(half, Dsp.loadU16(bytes, half % 9));
    }
  }

  @Test
  void shouldSignExtendEveryPairOfBytes() {
    for (int low = -128; low < 128; low++) {
      for (int high = -128; high < 128; high++) {
        int pair = (low & 0xff) | (high & 0xff) << 16;
        int expected = (low & 0xffff) | high << 16;
        for (int others : new int[] {0, 0xff00ff00, 0x80007f00}) {
          assertEquals(expected, Dsp.sxtb16(pair | others));
          assertEquals(expected, Dsp.sxtb16ror8(pair << 8 | others >>> 8));
        }
      }
    }
  }

  @Test
  void shouldMultiplyAndAddBothPairsOfHalfwordsAndWrap() {
    for (int a : EDGES) {
      for (int b : EDGES) {
        long low = (long) (short) a * (short) b;
        long high = (long) (a >> 16) * (b >> 16);
        assertEquals((int) (low + high + (a ^ b)), Dsp.smlad(a, b, a ^ b));
      }
    }
    assertEquals(Integer.MIN_VALUE, Dsp.smlad(0x80008000, 0x80008000, 0));
  }

  @Test
  void shouldTakeTheHighWordRoundedDown() {
    for (int a : EDGES) {
      for (int b : EDGES) {
        BigInteger product = BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
        assertEquals(product.shiftRight(32).intValueExact(), Dsp.mulHigh(a, b));
      }
    }
  }

  @Test
  void shouldSaturateSums() {
    for (int a : EDGES) {
      for (int b : EDGES) {
        assertEquals(clamp((long) a + b, 32), Dsp.addSaturating(a, b));
      }
    }
  }

  @Test
  void shouldSaturateToAnyNumberOfBits() {
    for (int bits = 1; bits <= 32; bits++) {
      for (int v : EDGES) {
        assertEquals(clamp(v, bits), Dsp.saturate(v, bits));
      }
    }
  }

  @Test
  void shouldCountLeadingZeros() {
    assertEquals(32, Dsp.leadingZeros(0));
    for (int v : EDGES) {
      int length = Long.toBinaryString(v & 0xffffffffL).length();
      assertEquals(v == 0 ? 32 : 32 - length, Dsp.leadingZeros(v));
    }
  }

  private static int clamp(long v, int bits) {
    long bound = 1L << (bits - 1);
    return (int) Math.min(bound - 1, Math.max(-bound, v));
  }
}
