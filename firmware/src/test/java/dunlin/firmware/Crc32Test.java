package dunlin.firmware;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class Crc32Test {
  private final Crc32 crc = new Crc32();

  @Property
  void shouldAgreeWithZlibInAnyTwoPieces(@ForAll byte[] bytes, @ForAll int cut) {
    java.util.zip.CRC32 zlib = new java.util.zip.CRC32();
    zlib.update(bytes);
    int first = Math.floorMod(cut, bytes.length + 1);

    int half = crc.update(0, bytes, 0, first);
    assertEquals((int) zlib.getValue(), crc.update(half, bytes, first, bytes.length - first));
  }

  @Example
  void shouldStartAnewAfterASyncByte() {
    assertEquals(0, crc.update(Frame.BEFORE_SYNC, new byte[] {Frame.SYNC}, 0, 1));
  }

  @Example
  void shouldGiveTheCheckValueOfTheCatalogue() {
    byte[] digits = {'1', '2', '3', '4', '5', '6', '7', '8', '9'};
    assertEquals(0xCBF43926, crc.update(0, digits, 0, digits.length));
  }
}
