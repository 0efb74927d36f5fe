package dunlin.host.checkpoint;

import java.nio.ByteBuffer;

/**
 * How a checkpoint stores numbers, little-endian, in blocks of one or more. Each converts to floats
 * without loss.
 */
public enum ElementType {
  /** IEEE 754 binary32. */
  F32(1, 4) {
    @Override
    void decode(ByteBuffer from, float[] to) {
      to[0] = from.getFloat();
    }
  },
  /** IEEE 754 binary16. */
  F16(1, 2) {
    @Override
    void decode(ByteBuffer from, float[] to) {
      to[0] = half(from.getShort());
    }
  },
  /** The upper half of a binary32. */
  BF16(1, 2) {
    @Override
    void decode(ByteBuffer from, float[] to) {
      to[0] = Float.intBitsToFloat(from.getShort() << 16);
    }
  },
  /** GGML's: a binary16 scale for 32 bytes in two's complement, neighbours in a row. */
  Q8_0(32, 34) {
    @Override
    void decode(ByteBuffer from, float[] to) {
      float scale = half(from.getShort());
      for (int i = 0; i < to.length; i++) {
        to[i] = scale * from.get();
      }
    }
  };

  private final int blockBytes;
  private final int blockElements;

  ElementType(int blockElements, int blockBytes) {
    this.blockElements = blockElements;
    this.blockBytes = blockBytes;
  }

  /**
   * The block at the buffer's position, which moves on.
   *
   * @param to takes {@link #blockElements()}
   */
  abstract void decode(ByteBuffer from, float[] to);

  /** Bytes of {@code elements}, which are whole blocks. */
  public long bytes(long elements) {
    return elements / blockElements * blockBytes;
  }

  /** Elements that are stored together. */
  public int blockElements() {
    return blockElements;
  }

  /** Bytes that a block takes in the file. */
  public int blockBytes() {
    return blockBytes;
  }

  /** binary16 to binary32: Float.float16ToFloat came with Java 20. */
  private static float half(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = (bits >> 10) & 31;
    int fraction = bits & 0x3FF;
    if (exponent == 0) { // zero or subnormal: fraction × 2^-24
      return Float.intBitsToFloat(Float.floatToRawIntBits(fraction * 0x1p-24f) | sign);
    }
    int wide = exponent == 31 ? 255 : exponent - 15 + 127;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }
}
