package dunlin.hal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpiTransferTest {
  @Test
  void shouldReadTheCountsThatItWrites() {
    for (int count = 0; count <= SpiTransfer.MAX_BYTES; count++) {
      assertEquals(count, SpiTransfer.count(SpiTransfer.header(count)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, SpiTransfer.FLOATING, 0x0000_FFFF, 0xFEEE_0111, 0xFFFE_0000})
  void shouldKnowWhatIsNoHeader(int word) {
    assertEquals(-1, SpiTransfer.count(word));
  }

  @Test
  void shouldKnowAHeaderWithAnyBitSpoilt() {
    for (int bit = 0; bit < 32; bit++) {
      assertEquals(-1, SpiTransfer.count(SpiTransfer.header(100) ^ 1 << bit));
    }
  }
}
