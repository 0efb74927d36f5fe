package dunlin.hal.emulated;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.hal.Wake;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** At 8 MHz a byte takes 1 µs, a header 4 µs; the gap before each transfer is 5 µs. */
class SpiLinkTest {
  private final Emulation emulation = new Emulation();
  private final EmulatedBoard a = Script.IDLE.on(emulation, "a", 0);
  private final EmulatedBoard b = Script.IDLE.on(emulation, "b", 0);
  private final EmulatedSpi master = a.spi(0);
  private final EmulatedSpi slave = b.spi(1);
  private final SpiLink link = (SpiLink) emulation.wire(master, slave);

  private static void write(EmulatedSpi port, int... bytes) {
    byte[] written = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      written[i] = (byte) bytes[i];
    }
    assertEquals(bytes.length, port.write(written, 0, bytes.length));
  }

  private static void expect(EmulatedSpi port, int... bytes) {
    byte[] read = new byte[port.available()];
    assertEquals(read.length, port.read(read, 0, read.length));
    int[] values = new int[read.length];
    for (int i = 0; i < read.length; i++) {
      values[i] = read[i];
    }
    assertArrayEquals(bytes, values);
  }

  @Test
  void shouldDeliverATransferWhenItsLastBitHasBeenClocked() {
    write(master, 1, 2, 3);
    emulation.runUntil(11_999);
    assertEquals(0, slave.available());
    assertEquals(5, master.writable(), "what is under way takes its room");
    emulation.runUntil(12_000);
    expect(slave, 1, 2, 3);
    assertEquals(8, master.writable());
    assertEquals(0, master.available());
    assertEquals(3, link.forwardBytes());
    assertEquals(0, link.backwardBytes());
    assertEquals(7, link.clockedBytes());
    assertEquals("a.spi0 - b.spi1", link.toString());
  }

  @Test
  void shouldHearASlaveThatSpeaksFirst() {
    emulation.runUntil(100);
    write(slave, 4, 5);
    assertFalse(slave.ready(), "the transfer under way takes all there is");
    emulation.runUntil(11_100);
    expect(master, 4, 5);
    assertEquals(2, link.backwardBytes());
    assertEquals(6, link.clockedBytes());
  }

  @Test
  void shouldCarryBothWaysAtOnceAndKeepFillerToItself() {
    slave.holdReadyLow(true);
    write(slave, 4);
    slave.holdReadyLow(false);
    write(master, 1, 2, 3);
    emulation.runUntil(10_000 + 12_000);
    expect(master, 4);
    expect(slave, 1, 2, 3);
    assertEquals(5 + 7, link.clockedBytes(), "the slave's transfer, then the master's");
    write(master, 6);
    write(slave, 7, 8, 9);
    emulation.runUntil(22_000 + 10_000 + 12_000);
    expect(master, 7, 8, 9);
    expect(slave, 6);
  }

  @Test
  void shouldTakeAlongInATransferOfTheMastersWhatTheSlaveHasQueued() {
    slave.holdReadyLow(true);
    write(slave, 4, 5, 6);
    write(master, 1);
    emulation.runUntil(12_000);
    expect(master, 4, 5, 6);
    expect(slave, 1);
    assertEquals(7, link.clockedBytes());
  }

  @Test
  void shouldNotClockForASlaveWhoseReadyLineIsHeldLow() {
    slave.holdReadyLow(true);
    write(slave, 4, 5);
    assertFalse(slave.ready());
    emulation.runUntil(1_000_000_000);
    assertEquals(0, link.clockedBytes());
    assertEquals(0, master.available());
    assertEquals(6, slave.writable());
    slave.holdReadyLow(false);
    emulation.runUntil(1_000_011_000);
    expect(master, 4, 5);
  }

  @Test
  void shouldKeepTheReadyLineHighWhileBytesWaitForTheNextTransfer() {
    write(slave, 1, 2);
    write(slave, 3);
    assertTrue(slave.ready());
    assertFalse(master.ready(), "a master has none");
    emulation.runUntil(10_999);
    assertTrue(slave.ready());
    emulation.runUntil(11_000);
    assertFalse(slave.ready());
    emulation.runUntil(21_000);
    expect(master, 1, 2, 3);
  }

  @Test
  void shouldKeepASlaveReadyForAMasterThatIsNotWired() {
    write(a.spi(1), 1, 2);
    assertTrue(a.spi(1).ready());
    emulation.runUntil(1_000_000);
    assertEquals(6, a.spi(1).writable());
    assertEquals(0, a.spi(1).available());
    assertEquals(0, a.spi(1).errors());
  }

  @Test
  void shouldClockNothingWhenNobodyHasAnythingToSay() {
    emulation.runUntil(1_000_000_000);
    assertEquals(0, link.clockedBytes());
  }

  @Test
  void shouldCountWhatFindsTheReceiveQueueFull() {
    for (int i = 0; i < 3; i++) {
      write(master, i, i, i, i, i, i, i, i);
      emulation.runUntil((i + 1) * 17_000L);
    }
    assertEquals(8, slave.errors());
    assertEquals(8, link.overruns());
    assertEquals(24, link.forwardBytes());
    expect(slave, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1);
  }

  @Test
  void shouldEndATransferWithItsMaster() {
    emulation.runUntil(0);
    write(slave, 7, 8);
    emulation.runUntil(11_000);
    write(slave, 9);
    write(master, 1, 2, 3, 4);
    emulation.runUntil(21_000 + 5_000 + 4_000 + 2_500);
    a.reset();
    emulation.runUntil(50_000);
    expect(slave, 1, 2);
    assertEquals(0, master.available(), "its queue went with it");
    assertEquals(0, slave.errors());
    assertEquals(8, master.writable());
    assertEquals(6 + 5 + 6, link.clockedBytes());
  }

  @Test
  void shouldReadOnesFromASlaveThatIsResetInATransfer() {
    emulation.runUntil(0);
    write(slave, 7, 8, 9);
    emulation.runUntil(5_000 + 4_000 + 1_000);
    b.reset();
    emulation.runUntil(50_000);
    expect(master, 7, -1, -1);
    assertEquals(0, master.errors(), "the header was good");
    assertEquals(8, slave.writable());
  }

  @Test
  void shouldHearNothingBehindAHeaderThatIsNone() {
    emulation.runUntil(0);
    write(slave, 7, 8, 9);
    emulation.runUntil(1_000);
    write(master, 1);
    emulation.runUntil(5_000 + 3_999);
    b.reset();
    emulation.runUntil(9_000);
    assertEquals(0, master.available());
    assertEquals(1, master.errors());
    assertEquals(4, link.clockedBytes());
    emulation.runUntil(9_000 + 10_000);
    expect(slave, 1);
  }

  @Test
  void shouldTakeNothingToASlaveThatIsResetInATransfer() {
    emulation.runUntil(0);
    write(master, 1, 2, 3);
    emulation.runUntil(10_000);
    b.reset();
    write(master, 4);
    emulation.runUntil(50_000);
    expect(slave, 4);
    assertEquals(1, link.forwardBytes());
    assertEquals(0, link.overruns());
  }

  @Test
  void shouldClockAtTheSlowersRateWithTheSlavesGap() {
    BoardSpec.SpiSpec slow = new BoardSpec.SpiSpec(16, 8, 1_000_000, 100);
    BoardSpec spec =
        new BoardSpec(
            "c", Specs.FLASH, List.of(), List.of(), List.of(slow), 0, 0, a.spec().uid(), 0);
    EmulatedSpi other = Script.IDLE.on(emulation, spec).spi(0);
    emulation.wire(a.spi(1), other);
    write(a.spi(1), 1);
    emulation.runUntil(100 + 5 * 8_000 - 1);
    assertEquals(0, other.available());
    emulation.runUntil(100 + 5 * 8_000);
    assertEquals(1, other.available());
  }

  @Test
  void shouldWakeBothEndsWhenTheirConditionsComeTrueAndNotBefore() {
    Emulation flock = new Emulation();
    List<String> log = new ArrayList<>();
    Script masterScript =
        (board, now, wake) -> {
          log.add("m@" + now + ":" + board.port(0).available());
          wake.receive[0] = now == 0 ? 3 : 0;
        };
    EmulatedBoard m = masterScript.on(flock, "m", 0);
    Script slaveScript =
        (board, now, wake) -> {
          log.add("s@" + now + ":" + board.port(0).writable());
          if (now < 1_000) {
            wake.deadline = now + 500;
            board.port(0).write(new byte[2], 0, now == 0 ? 0 : 2);
          } else if (now == 1_000) {
            board.port(0).write(new byte[2], 0, 2);
            wake.transmit[0] = 8;
          }
        };
    EmulatedBoard s = slaveScript.on(flock, "s", 0);
    flock.wire(m.spi(0), s.spi(0));
    flock.runUntil(99_999);
    assertEquals(List.of("m@0:0", "s@0:8", "s@500:8", "s@1000:6", "m@22500:4", "s@22500:8"), log);
  }

  @Test
  void shouldWakeASlaveThatListens() {
    Emulation flock = new Emulation();
    List<Long> woken = new ArrayList<>();
    Script speaking = (board, now, wake) -> board.port(0).write(new byte[8], 0, 8);
    EmulatedBoard m = speaking.on(flock, "m", 0);
    Script listening =
        (board, now, wake) -> {
          woken.add(now);
          wake.receive[0] = 8;
        };
    EmulatedBoard s = listening.on(flock, "s", 0);
    flock.wire(m.spi(0), s.spi(0));
    flock.run(Goal.when(() -> woken.size() == 2), Wake.NEVER);
    assertEquals(List.of(0L, 17_000L), woken);
  }
}
