package dunlin.host.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dunlin.boards.OffChip;
import dunlin.host.compile.Residency;
import dunlin.host.compile.Residency.Mode;
import org.junit.jupiter.api.Test;

/** A byte a nanosecond; ops of 100 bytes. */
class WeightChannelTest {
  private static final OffChip MEMORY = new OffChip(1e9, 100, 0, "RAM", false, false);

  @Test
  void shouldWaitForEachOpThatIsFetchedOnItsOwn() {
    WeightChannel channel = channel(Mode.SERIAL, 0);
    assertEquals(100, channel.waits(0, 100, 5000, 30));
    assertEquals(100, channel.waits(1, 100, 9000, 30));
  }

  @Test
  void shouldNotWaitForWhatStays() {
    WeightChannel channel =
        new WeightChannel(MEMORY, new Residency(Mode.DOUBLE_BUFFERED, 100, 100, 200, 1));
    assertEquals(0, channel.waits(0, 100, 0, 30));
    assertEquals(100, channel.waits(1, 100, 0, 30));
  }

  /** Links and other ops give the channel time to fetch what comes next. */
  @Test
  void shouldFetchAheadAsFarAsTheBufferGoes() {
    WeightChannel channel = channel(Mode.DOUBLE_BUFFERED, 200);
    assertEquals(0, channel.waits(0, 100, 1000, 30)); // was there at 100
    assertEquals(0, channel.waits(1, 100, 1030, 30)); // at 200
    assertEquals(70, channel.waits(2, 100, 1060, 30)); // at 1130: its place was free at 1030
    assertEquals(70, channel.waits(3, 100, 1160, 30)); // at 1230, as fast as the channel is
  }

  @Test
  void shouldComputeWithTheFirstPartsOfWhatIsLargerThanTheBuffer() {
    WeightChannel channel = channel(Mode.DOUBLE_BUFFERED, 50);
    // Four parts of 25 bytes: two are there, the others come at 1035 and 1060, and take 10 each.
    assertEquals(30, channel.waits(0, 100, 1000, 40));
  }

  @Test
  void shouldTakeNoTimeForPrefetchWhereThatIsFree() {
    OffChip free = new OffChip(1e9, 100, 0, "RAM", false, true);
    Residency ahead = new Residency(Mode.DOUBLE_BUFFERED, 0, 1, 200, 0);
    Residency serial = new Residency(Mode.SERIAL, 0, 1, 0, 0);
    assertEquals(0, new WeightChannel(free, ahead).waits(0, 100, 0, 30));
    assertEquals(100, new WeightChannel(free, serial).waits(0, 100, 0, 30));
  }

  private static WeightChannel channel(Mode mode, long buffer) {
    return new WeightChannel(MEMORY, new Residency(mode, 0, 1, buffer, 0));
  }
}
