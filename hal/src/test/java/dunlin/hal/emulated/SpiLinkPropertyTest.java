package dunlin.hal.emulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.hal.SpiTransfer;
import dunlin.hal.Wake;
import dunlin.hal.emulated.BoardSpec.SpiSpec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** An SPI link against what its ends have accepted, under any traffic. */
class SpiLinkPropertyTest {
  private static final int[] CLOCKS = {1_000, 999_983, 8_000_000, 10_500_000};
  private static final long GAP = 10_000;

  /** Longer than any traffic of a test. */
  private static final long FOR_EVER = 1L << 55;

  enum Kind {
    WRITE,
    READ,
    HOLD,
    RELEASE
  }

  /** Something that one end does after some time. */
  record Action(Kind kind, boolean byMaster, int count, long delay) {}

  @Provide
  Arbitrary<List<Action>> actions() {
    Arbitrary<Kind> kind =
        Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.just(Kind.WRITE)),
            Tuple.of(3, Arbitraries.just(Kind.READ)),
            Tuple.of(1, Arbitraries.of(Kind.HOLD, Kind.RELEASE)));
    Arbitrary<Long> delay =
        Arbitraries.oneOf(
            Arbitraries.just(0L),
            Arbitraries.longs().between(0, 50_000),
            Arbitraries.longs().between(0, 3_000_000_000L));
    return Combinators.combine(
            kind, Arbitraries.of(true, false), Arbitraries.integers().between(0, 400), delay)
        .as(Action::new)
        .list()
        .ofMaxSize(60);
  }

  @Property(tries = 1000)
  void shouldCarryWhatIsWrittenInOrderBothWays(
      @ForAll("actions") List<Action> actions,
      @ForAll @IntRange(max = 3) int clock,
      @ForAll @IntRange(min = 1, max = 700) int transmitQueue) {
    Pair pair = new Pair(new SpiSpec(60 * 400, transmitQueue, CLOCKS[clock], GAP));
    actions.forEach(pair::perform);
    pair.slave.port.holdReadyLow(false);
    pair.emulation.runUntil(FOR_EVER);
    for (End end : List.of(pair.master, pair.slave)) {
      end.read(60 * 400);
      assertTrue(end.due.isEmpty(), () -> end.due.size() + " bytes are missing");
      assertEquals(0, end.port.errors());
      assertEquals(transmitQueue, end.port.writable());
    }
    assertEquals(pair.master.accepted, pair.link.forwardBytes());
    assertEquals(pair.slave.accepted, pair.link.backwardBytes());
    long most = Math.max(pair.master.accepted, pair.slave.accepted);
    long together = (long) pair.master.accepted + pair.slave.accepted;
    assertTrue(pair.link.clockedBytes() >= most);
    assertTrue(
        pair.link.clockedBytes() <= (1 + SpiTransfer.HEADER_BYTES) * together,
        "nothing is clocked that nobody has to say");
  }

  @Property(tries = 1000)
  void shouldCountWhatItLosesForAnySizesOfQueues(
      @ForAll("actions") List<Action> actions,
      @ForAll @IntRange(min = 1, max = 300) int receiveQueue,
      @ForAll @IntRange(min = 1, max = 700) int transmitQueue) {
    Pair pair = new Pair(new SpiSpec(receiveQueue, transmitQueue, 10_500_000, GAP));
    pair.lossy = true;
    actions.forEach(pair::perform);
    pair.slave.port.holdReadyLow(false);
    pair.emulation.runUntil(FOR_EVER);
    pair.master.readLossy(60 * 400);
    pair.slave.readLossy(60 * 400);
    assertEquals(pair.slave.accepted, pair.master.taken + pair.master.port.errors());
    assertEquals(pair.master.accepted, pair.slave.taken + pair.slave.port.errors());
    assertEquals(pair.master.port.errors() + pair.slave.port.errors(), pair.link.overruns());
  }

  @Property(tries = 500)
  void shouldForetellToTheNanosecondWhenAConditionComesTrue(
      @ForAll("actions") List<Action> actions,
      @ForAll @IntRange(max = 3) int clock,
      @ForAll @IntRange(min = 1, max = 700) int transmitQueue,
      @ForAll @IntRange(min = 1, max = 800) int count,
      @ForAll boolean ofMaster) {
    SpiSpec spec = new SpiSpec(816, transmitQueue, CLOCKS[clock], GAP);
    Pair pair = new Pair(spec);
    pair.lossy = true;
    actions.forEach(pair::perform);
    EmulatedSpi port = (ofMaster ? pair.master : pair.slave).port;
    int room = Math.min(count, transmitQueue);
    if (port.readableAt(count) <= port.writableAt(room)) {
      expectAt(pair, port.readableAt(count), () -> port.available() >= count);
      expectAt(pair, port.writableAt(room), () -> port.writable() >= room);
    } else {
      expectAt(pair, port.writableAt(room), () -> port.writable() >= room);
      expectAt(pair, port.readableAt(count), () -> port.available() >= count);
    }
  }

  private static void expectAt(Pair pair, long time, BooleanSupplier condition) {
    Emulation emulation = pair.emulation;
    if (time > emulation.now()) {
      emulation.runUntil(Math.min(time, FOR_EVER) - 1);
      assertFalse(condition.getAsBoolean(), "too late");
    }
    if (time != Wake.NEVER) {
      emulation.runUntil(Math.max(time, emulation.now()));
      assertTrue(condition.getAsBoolean(), "too early");
    }
  }

  /** One end, what it still has to hear, and what the other end has. */
  private static final class End {
    private final EmulatedSpi port;
    private final Deque<Byte> due = new ArrayDeque<>();
    private int accepted;
    private int taken;
    private byte next;

    End(EmulatedSpi port) {
      this.port = port;
    }

    void write(int count, End to) {
      byte[] bytes = new byte[count];
      for (int i = 0; i < count; i++) {
        bytes[i] = (byte) (next + i);
      }
      int writable = port.writable();
      int written = port.write(bytes, 0, count);
      assertEquals(Math.min(count, writable), written);
      for (int i = 0; i < written; i++) {
        to.due.add(bytes[i]);
      }
      next += (byte) written;
      accepted += written;
    }

    void read(int max) {
      byte[] bytes = new byte[max];
      int count = port.read(bytes, 0, max);
      for (int i = 0; i < count; i++) {
        assertEquals(due.remove(), bytes[i]);
      }
    }

    void readLossy(int max) {
      taken += port.read(new byte[max], 0, max);
    }
  }

  /** A master and a slave. */
  private static final class Pair {
    private final Emulation emulation = new Emulation();
    private final End master;
    private final End slave;
    private final SpiLink link;
    private boolean lossy;

    Pair(SpiSpec spec) {
      master = new End(board("a", spec).spi(0));
      slave = new End(board("b", spec).spi(0));
      link = (SpiLink) emulation.wire(master.port, slave.port);
    }

    private EmulatedBoard board(String name, SpiSpec spi) {
      BoardSpec spec =
          new BoardSpec(
              name, Specs.FLASH, List.of(), List.of(), List.of(spi), 0, 0, List.of(0, 0, 0), 0);
      return Script.IDLE.on(emulation, spec);
    }

    void perform(Action action) {
      emulation.runUntil(emulation.now() + action.delay);
      End end = action.byMaster ? master : slave;
      switch (action.kind) {
        case WRITE -> end.write(action.count, action.byMaster ? slave : master);
        case READ -> {
          if (lossy) {
            end.readLossy(action.count);
          } else {
            end.read(action.count);
          }
        }
        case HOLD -> slave.port.holdReadyLow(true);
        case RELEASE -> slave.port.holdReadyLow(false);
      }
    }
  }
}
