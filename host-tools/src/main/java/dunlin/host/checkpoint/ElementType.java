package dunlin.host.checkpoint;

import java.nio.ByteBuffer;

/** How a checkpoint stores a number, little-endian. Each converts to a float without loss. */
public enum ElementType {
  /** IEEE 754 binary32. */
  F32(4) {
    @Override
    float next(ByteBuffer from) {
      return from.getFloat();
    }
  },
  /** IEEE 754 binary16. */
  F16(2) {
    @Override
    float next(ByteBuffer from) {
      return half(from.getShort());
    }
  },
  /** The upper half of a binary32. */
  BF16(2) {
    @Override
    float next(ByteBuffer from) {
      return Float.intBitsToFloat(from.getShort() << 16);
    }
  };

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes an element takes in the file. */
  public int bytes() {
    return bytes;
  }

  /** The number at the buffer's position, which moves on. */
  abstract float next(ByteBuffer from);

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
