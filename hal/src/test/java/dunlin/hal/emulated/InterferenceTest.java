package dunlin.hal.emulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What arrives of bytes that are all 0. */
class InterferenceTest {
  private static final int COUNT = 100_000;
  private static final long SEED = 5;

  private final ByteQueue from = new ByteQueue(COUNT);
  private final ByteQueue to = new ByteQueue(2 * COUNT);

  /** One fault takes that many bytes away, or adds them; on average, for those of random length. */
  @ParameterizedTest
  @CsvSource({"FLIP, 0, 0", "BURST, 0, 0", "LOSS, -1, 0", "ECHO, 1, 0", "OVERRUN, -32.5, 32.5"})
  void shouldLoseOrDoubleBytes(LineFault fault, double arriving, double overruns) {
    Interference interference = interference(Map.of(fault, 1e-3));
    from.add(new byte[COUNT], 0, COUNT);
    int counted = interference.carry(from, to, COUNT);
    long faults = interference.faults(fault);
    assertTrue(faults > 50 && faults < 150, faults + " faults");
    assertEquals(arriving, (double) (to.size() - COUNT) / faults, Math.abs(arriving) / 8);
    assertEquals(overruns, (double) counted / faults, overruns / 8);
  }

  @Test
  void shouldFlipOneBitOfAByte() {
    Interference interference = interference(Map.of(LineFault.FLIP, 1e-3));
    byte[] bytes = new byte[COUNT];
    assertTrue(interference.damage(bytes, COUNT));
    long flipped = 0;
    for (byte b : bytes) {
      assertTrue(Integer.bitCount(b & 0xff) <= 1);
      flipped += b == 0 ? 0 : 1;
    }
    assertEquals(interference.faults(LineFault.FLIP), flipped);
  }

  @Test
  void shouldShareTheChancesOfAllKinds() {
    Interference interference =
        interference(Map.of(LineFault.LOSS, 3e-3, LineFault.ECHO, 1e-3, LineFault.FLIP, 0.0));
    from.add(new byte[COUNT], 0, COUNT);
    int ignored = interference.carry(from, to, COUNT);
    assertEquals(
        3.0, (double) interference.faults(LineFault.LOSS) / interference.faults(LineFault.ECHO), 1);
    assertEquals(0, interference.faults(LineFault.FLIP) + interference.faults(LineFault.BURST));
  }

  private static Interference interference(Map<LineFault, Double> chances) {
    return new Interference(new LineFaults(chances), SEED);
  }
}
