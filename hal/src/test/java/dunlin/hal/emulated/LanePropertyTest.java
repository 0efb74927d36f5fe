package dunlin.hal.emulated;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dunlin.hal.Wake;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** A lane against a model that knows the exact time of each single byte. */
class LanePropertyTest {
  private static final int[] BAUDS = {300, 115_200, 921_600, 999_983, 2_000_000};

  /** Some bytes written or read after some time. */
  record Action(boolean write, int count, long delay) {}

  @Provide
  Arbitrary<List<Action>> actions() {
    Arbitrary<Long> delay =
        Arbitraries.oneOf(
            Arbitraries.just(0L),
            Arbitraries.longs().between(0, 200_000),
            Arbitraries.longs().between(0, 20_000_000_000L));
    return Combinators.combine(
            Arbitraries.of(true, false), Arbitraries.integers().between(0, 40), delay)
        .as(Action::new)
        .list()
        .ofMaxSize(60);
  }

  @Property(tries = 2000)
  void shouldDeliverEveryByteInOrderAtItsExactTime(
      @ForAll("actions") List<Action> actions,
      @ForAll @IntRange(max = 4) int baud,
      @ForAll @IntRange(min = 1, max = 50) int transmitQueue,
      @ForAll @IntRange(min = 1, max = 50) int receiveQueue) {
    Lane lane = new Lane(transmitQueue, line(BAUDS[baud]), receiveQueue);
    Model model = new Model(transmitQueue, BAUDS[baud], receiveQueue);
    long now = 0;
    byte next = 0;
    for (Action action : actions) {
      now += action.delay;
      model.advance(now);
      byte[] bytes = new byte[action.count];
      if (action.write) {
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = next++;
        }
        assertEquals(model.write(now, bytes), lane.write(now, bytes, 0, bytes.length));
      } else {
        int count = lane.read(now, bytes, 0, bytes.length);
        assertArrayEquals(model.read(bytes.length), Arrays.copyOf(bytes, count));
      }
      model.check(lane, now);
    }
  }

  @Example
  void shouldNotDriftWhileTheLineStaysBusy() {
    Lane lane = new Lane(1000, line(999_983), 1000);
    byte[] bytes = new byte[500];
    long now = 0;
    long sent = lane.write(0, bytes, 0, 500);
    while (sent < 3 * 999_983L) {
      now = lane.writableAt(500);
      sent += lane.write(now, bytes, 0, 500);
      lane.read(now, bytes, 0, 500);
    }
    // n bytes take exactly n · 10 / baud seconds, whatever happened on the way
    assertEquals(ceilDiv(sent * 10_000_000_000L, 999_983L), lane.writableAt(1000));
  }

  @Example
  void shouldLoseWhatTheSenderHadNotSentWhenItIsReset() {
    Lane lane = new Lane(8, line(1_000_000), 8);
    lane.write(0, new byte[] {1, 2, 3}, 0, 3);
    lane.resetSender(25_000);
    assertEquals(2, lane.available(1_000_000));
    assertEquals(2, lane.carried(1_000_000));
    assertEquals(Wake.NEVER, lane.readableAt(3));
  }

  @Example
  void shouldKeepWhatIsUnderWayWhenTheReceiverIsReset() {
    Lane lane = new Lane(8, line(1_000_000), 8);
    lane.write(0, new byte[] {1, 2, 3}, 0, 3);
    lane.resetReceiver(20_000);
    byte[] left = new byte[3];
    assertEquals(1, lane.read(30_000, left, 0, 3));
    assertEquals(3, left[0]);
  }

  private static long ceilDiv(long dividend, long divisor) {
    return -Math.floorDiv(-dividend, divisor);
  }

  /** Times are kept in ns · baud, where a byte takes 10^10: no rounding anywhere. */
  private static final class Model {
    private record Flying(byte value, long arrival) {}

    private final int transmitQueue;
    private final long baud;
    private final int receiveQueue;
    private final Deque<Flying> flying = new ArrayDeque<>();
    private final List<Byte> received = new ArrayList<>();
    private long lineFree;
    private int carried;
    private int lost;

    Model(int transmitQueue, int baud, int receiveQueue) {
      this.transmitQueue = transmitQueue;
      this.baud = baud;
      this.receiveQueue = receiveQueue;
    }

    void advance(long now) {
      while (!flying.isEmpty() && flying.peek().arrival <= now * baud) {
        Flying byteOff = flying.remove();
        carried++;
        if (received.size() < receiveQueue) {
          received.add(byteOff.value);
        } else {
          lost++;
        }
      }
    }

    int write(long now, byte[] bytes) {
      int accepted = Math.min(bytes.length, transmitQueue - flying.size());
      for (int i = 0; i < accepted; i++) {
        lineFree = Math.max(lineFree, now * baud) + 10_000_000_000L;
        flying.add(new Flying(bytes[i], lineFree));
      }
      return accepted;
    }

    byte[] read(int max) {
      byte[] bytes = new byte[Math.min(max, received.size())];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = received.remove(0);
      }
      return bytes;
    }

    void check(Lane lane, long now) {
      for (int n = received.size() + 1; n <= receiveQueue + 1; n++) {
        int full = Math.min(n, receiveQueue);
        assertEquals(arrival(full - received.size()), lane.readableAt(n));
      }
      assertEquals(received.size(), lane.available(now));
      assertEquals(transmitQueue - flying.size(), lane.writable(now));
      assertEquals(arrival(flying.size()), lane.writableAt(transmitQueue + 1));
      assertEquals(carried, lane.carried(now));
      assertEquals(lost, lane.overruns(now));
    }

    private long arrival(int nth) {
      if (nth == 0) {
        return 0;
      }
      return flying.stream()
          .skip(nth - 1)
          .findFirst()
          .map(last -> ceilDiv(last.arrival, baud))
          .orElse(Wake.NEVER);
    }
  }

  /** A byte at a time, and a while before the first one of a burst. */
  @Example
  void shouldTakeItsSetUpBeforeEachBurst() {
    Lane lane = new Lane(8, new BoardSpec.UartSpec(1, 1, 500_000_000, 1, 300), 8);
    lane.write(1000, new byte[3], 0, 2);
    assertEquals(0, lane.available(1301));
    assertEquals(1302, lane.readableAt(1));
    lane.write(1301, new byte[3], 0, 1); // follows what is on its way
    assertEquals(1306, lane.readableAt(3));
    assertEquals(3, lane.available(1306));
    lane.write(1306, new byte[1], 0, 1);
    assertEquals(1608, lane.readableAt(4));
  }

  private static BoardSpec.UartSpec line(int baud) {
    return new BoardSpec.UartSpec(1, 1, baud);
  }
}
