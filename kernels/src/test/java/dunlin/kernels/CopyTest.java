package dunlin.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class CopyTest {
  @Property
  void shouldCopyFromAnyPlaceToAnyOtherAndNothingElse(
      @ForAll @Size(30) byte[] from,
      @ForAll @Size(30) byte[] to,
      @ForAll @IntRange(max = 10) int fromAt,
      @ForAll @IntRange(max = 10) int toAt,
      @ForAll @IntRange(max = 20) int count) {
    byte[] expected = to.clone();
    System.arraycopy(from, fromAt, expected, toAt, count);
    Copy.bytes(from, fromAt, to, toAt, count);
    assertArrayEquals(expected, to);
  }
}
