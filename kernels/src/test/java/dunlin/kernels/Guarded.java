package dunlin.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Operands inside a larger array of random bytes: a kernel that reads beside its input computes
 * nonsense, and one that writes beside its output is found out. Values are written and read without
 * {@link Dsp}.
 */
final class Guarded {
  private static final int FENCE = 64;

  final byte[] bytes;
  final int at;
  private final int length;
  private final byte[] before;

  private Guarded(int length, Random random) {
    this.length = length;
    at = FENCE + 4 * random.nextInt(4);
    bytes = new byte[at + length + FENCE];
    random.nextBytes(bytes);
    before = bytes.clone();
  }

  /** {@code length} bytes of garbage. */
  static Guarded garbage(int length, Random random) {
    return new Guarded(length, random);
  }

  static Guarded ofBytes(int[] values, Random random) {
    Guarded region = garbage(values.length, random);
    for (int i = 0; i < values.length; i++) {
      region.bytes[region.at + i] = (byte) values[i];
    }
    return region;
  }

  static Guarded ofShorts(int[] values, Random random) {
    Guarded region = garbage(2 * values.length, random);
    ByteBuffer buffer = region.buffer();
    for (int value : values) {
      buffer.putShort((short) value);
    }
    return region;
  }

  static Guarded ofInts(int[] values, Random random) {
    Guarded region = garbage(4 * values.length, random);
    region.buffer().asIntBuffer().put(values);
    return region;
  }

  int[] bytes() {
    return IntStream.range(0, length).map(i -> bytes[at + i]).toArray();
  }

  int[] shorts() {
    ByteBuffer buffer = buffer();
    return IntStream.range(0, length / 2).map(i -> buffer.getShort()).toArray();
  }

  int[] ints() {
    int[] values = new int[length / 4];
    buffer().asIntBuffer().get(values);
    return values;
  }

  void assertFenceUntouched() {
    Arrays.fill(before, at, at + length, (byte) 0);
    byte[] after = bytes.clone();
    Arrays.fill(after, at, at + length, (byte) 0);
    assertEquals(-1, Arrays.mismatch(before, after), "written beside the output at");
  }

  private ByteBuffer buffer() {
    return ByteBuffer.wrap(bytes, at, length).slice().order(ByteOrder.LITTLE_ENDIAN);
  }
}
