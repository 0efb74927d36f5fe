package dunlin.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.zip.CRC32;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class CrcTest {
  @Property(tries = 500)
  void shouldBeZlibsInAsManyPiecesAsOneLikes(
      @ForAll @Size(max = 200) byte[] bytes,
      @ForAll @IntRange(max = 200) int from,
      @ForAll @IntRange(max = 200) int between) {
    int offset = Math.min(from, bytes.length);
    int first = Math.min(between, bytes.length - offset);
    int second = bytes.length - offset - first;
    byte[] table = new byte[CrcTable.bytes()];
    CrcTable.make(table);
    int crc = Crc.update(table, 0, bytes, offset, first);
    CRC32 expected = new CRC32();
    expected.update(bytes, offset, bytes.length - offset);
    assertEquals((int) expected.getValue(), Crc.update(table, crc, bytes, offset + first, second));
  }
}
