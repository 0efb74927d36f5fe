package dunlin.host.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ElementTypeTest {
  @Test
  void shouldConvertEveryBinary16() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      double sign = bits >> 15 == 0 ? 1 : -1;
      int exponent = bits >> 10 & 31;
      double fraction = (bits & 1023) / 1024.0;
      double expected = sign * (exponent == 0 ? fraction : 1 + fraction);
      expected *= Math.pow(2, Math.max(exponent, 1) - 15);
      if (exponent == 31) {
        expected = fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
      }
      assertEquals((float) expected, number(ElementType.F16, bits), "bits " + bits);
    }
  }

  @Test
  void shouldConvertBfloat16() {
    assertEquals(1.0f, number(ElementType.BF16, 0x3F80));
    assertEquals(-2.5f, number(ElementType.BF16, 0xC020));
    assertEquals(Float.NEGATIVE_INFINITY, number(ElementType.BF16, 0xFF80));
  }

  @Test
  void shouldScaleBlocksOf32Bytes() {
    ByteBuffer block = ByteBuffer.allocate(34).putShort((short) 0xB800); // -0.5
    block.put((byte) -128).put((byte) 127).put(33, (byte) 3).rewind();
    float[] numbers = new float[32];
    ElementType.Q8_0.decode(block, numbers);
    assertEquals(64, numbers[0]);
    assertEquals(-63.5f, numbers[1]);
    assertEquals(-1.5f, numbers[31]);
    assertEquals(68, ElementType.Q8_0.bytes(64));
  }

  private static float number(ElementType type, int bits) {
    float[] number = new float[1];
    type.decode(ByteBuffer.allocate(2).putShort(0, (short) bits), number);
    return number[0];
  }
}
