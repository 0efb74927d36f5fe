package dunlin.hal.emulated;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.hal.Wake;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** At 8 MHz a byte takes 1 µs. */
class SpiLinkTest {
  private final Emulation emulation = new Emulation();
  private final EmulatedBoard a = Script.IDLE.on(emulation, "a", 0);
  private final EmulatedBoard b = Script.IDLE.on(emulation, "b", 0);
  private final EmulatedSpi master = a.spi(0);
  private final EmulatedSpi slave = b.spi(1);
  private final SpiLink link = emulation.wire(master, slave, 8_000_000);

  @Test
  void shouldExchangeBothWaysInTheTimeOfTheClock() {
    byte[] one = {1, 2, 3};
    byte[] two = {4, 5, 6};
    assertTrue(slave.exchange(two, 0, two, 0, 3));
    emulation.runUntil(100);
    assertTrue(slave.busy());
    assertTrue(master.exchange(one, 0, one, 0, 3));
    assertFalse(master.exchange(one, 0, one, 0, 3));
    emulation.runUntil(3_099);
    assertTrue(master.busy());
    emulation.runUntil(3_100);
    assertFalse(slave.busy());
    assertFalse(master.busy());
    assertArrayEquals(new byte[] {4, 5, 6}, one);
    assertArrayEquals(new byte[] {1, 2, 3}, two);
    assertEquals(3, slave.exchanged());
    assertEquals(3, link.bytes());
    assertEquals("a.spi0 - b.spi1", link.toString());
  }

  @Test
  void shouldEndASlavesExchangeWithItsMasters() {
    byte[] in = new byte[5];
    slave.exchange(new byte[5], 0, in, 0, 5);
    master.exchange(new byte[] {1, 2}, 0, new byte[2], 0, 2);
    emulation.runUntil(2_000);
    assertFalse(slave.busy());
    assertEquals(2, slave.exchanged());
    assertArrayEquals(new byte[] {1, 2, 0, 0, 0}, in);
  }

  @Test
  void shouldReadOnesWhereTheSlaveHasNothingToSay() {
    byte[] in = new byte[3];
    master.exchange(new byte[3], 0, in, 0, 3);
    emulation.runUntil(1_000);
    slave.exchange(new byte[3], 0, new byte[3], 0, 3);
    emulation.runUntil(3_000);
    assertEquals(3, master.exchanged());
    assertArrayEquals(new byte[] {-1, -1, -1}, in);
    assertTrue(slave.busy(), "it came too late for that exchange, and waits for the next");
  }

  @Test
  void shouldCutAnExchangeShortWhenItsMasterIsReset() {
    emulation.runUntil(0);
    byte[] in = new byte[4];
    slave.exchange(new byte[4], 0, in, 0, 4);
    master.exchange(new byte[] {1, 2, 3, 4}, 0, new byte[4], 0, 4);
    emulation.runUntil(2_500);
    a.reset();
    assertFalse(master.busy());
    assertFalse(slave.busy());
    assertEquals(2, slave.exchanged());
    assertArrayEquals(new byte[] {1, 2, 0, 0}, in);
    emulation.runUntil(5_000);
    assertEquals(2, link.bytes());
  }

  @Test
  void shouldLeaveTheMasterAloneWhenTheSlaveIsReset() {
    emulation.runUntil(0);
    byte[] in = new byte[4];
    slave.ready(true);
    slave.exchange(new byte[4], 0, new byte[4], 0, 4);
    master.exchange(new byte[4], 0, in, 0, 4);
    emulation.runUntil(2_500);
    b.reset();
    assertFalse(master.peerReady());
    assertTrue(master.busy());
    emulation.runUntil(4_000);
    assertFalse(master.busy());
    assertArrayEquals(new byte[] {-1, -1, -1, -1}, in);
    assertFalse(slave.busy());
  }

  @Test
  void shouldWakeTheMasterByTheReadyLineAndBothByTheEndOfTheExchange() {
    Emulation flock = new Emulation();
    List<String> log = new ArrayList<>();
    Script masterScript =
        (board, now, wake) -> {
          log.add("m@" + now);
          if (board.spi(0).peerReady() && board.spi(0).exchanged() == 0) {
            board.spi(0).exchange(new byte[2], 0, new byte[2], 0, 2);
            wake.spiIdle = 1;
          } else if (now == 0) {
            wake.spiPeerReady = 1;
          }
        };
    EmulatedBoard m = masterScript.on(flock, "m", 0);
    Script slaveScript =
        (board, now, wake) -> {
          log.add("s@" + now);
          if (now == 0) {
            wake.deadline = 500;
          } else if (now == 500) {
            board.spi(0).exchange(new byte[2], 0, new byte[2], 0, 2);
            board.spi(0).ready(true);
            wake.spiIdle = 1;
          }
        };
    EmulatedBoard s = slaveScript.on(flock, "s", 0);
    flock.wire(m.spi(0), s.spi(0), 8_000_000);
    assertThrows(
        EmulationException.Stall.class, () -> flock.run(Goal.when(() -> false), Wake.NEVER));
    assertEquals(List.of("m@0", "s@0", "s@500", "m@500", "m@2500", "s@2500"), log);
  }

  @Test
  void shouldRefuseASecondWireToAPort() {
    assertThrows(IllegalArgumentException.class, () -> emulation.wire(master, b.spi(0), 1));
    assertFalse(slave.master());
    assertTrue(master.master());
  }
}
