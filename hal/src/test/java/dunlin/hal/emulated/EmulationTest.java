package dunlin.hal.emulated;

import static dunlin.hal.emulated.Specs.BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.hal.Board;
import dunlin.hal.Machine;
import dunlin.hal.Wake;
import dunlin.hal.emulated.BoardSpec.UartSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmulationTest {
  private final Emulation emulation = new Emulation();
  private final List<String> log = new ArrayList<>();

  @Test
  void shouldEchoTheHostsBytesAtWireSpeed() {
    EmulatedBoard board = emulation.add(Specs.board("a", 1), Echo::new);
    HostPort host = emulation.wire(board.uart(0));
    byte[] sent = new byte[1000];
    for (int i = 0; i < sent.length; i++) {
      sent[i] = (byte) i;
    }
    host.write(sent);
    assertTrue(emulation.run(host.readable(1000), Wake.NEVER));
    assertEquals(1001 * BYTE, emulation.now());
    assertArrayEquals(sent, host.read());
    assertEquals(1000, emulation.wires().get(0).forwardBytes());
    assertEquals(1000, emulation.wires().get(0).backwardBytes());
    assertEquals("host - a.uart0", emulation.wires().get(0).toString());
  }

  @Test
  void shouldPassATokenRoundARingOf64WithoutAStepTooMany() {
    Emulation ring = RingNode.ring(64);
    ring.runUntil(10 * 64 * BYTE);
    assertEquals(11, ring.boards().get(0).steps(), "boots, sees the token come home ten times");
    assertEquals(11, ring.boards().get(63).steps());
    assertEquals(10, ring.wires().get(0).forwardBytes());
    assertEquals(0, ring.wires().get(0).backwardBytes());
  }

  @Test
  void shouldStepTheBoardThatIsDueFirstAndOfSeveralTheLowestNumber() {
    long[] periods = {30, 20, 30, 10};
    for (int i = 0; i < periods.length; i++) {
      long period = periods[i];
      String name = "n" + i;
      Script script =
          (board, now, wake) -> {
            log.add(name + "@" + now);
            wake.deadline = now + period;
          };
      script.on(emulation, name, 0);
    }
    emulation.runUntil(30);
    assertEquals(
        List.of(
            "n0@0", "n1@0", "n2@0", "n3@0", "n3@10", "n1@20", "n3@20", "n0@30", "n2@30", "n3@30"),
        log);
  }

  @Test
  void shouldReachAGoalBeforeTheBoardsThatAreDueAtThatTime() {
    Script script =
        (b, now, wake) -> {
          log.add("step@" + now);
          b.port(0).write(new byte[3], 0, 3);
          wake.deadline = now + 2 * BYTE;
        };
    EmulatedBoard board = script.on(emulation, "a", 1);
    HostPort host = emulation.wire(board.uart(0));
    assertTrue(emulation.run(host.readable(2), Wake.NEVER));
    assertEquals(2 * BYTE, emulation.now());
    assertEquals(List.of("step@0"), log);
    assertFalse(emulation.run(Goal.when(() -> false), 2 * BYTE));
    assertEquals(List.of("step@0", "step@20000"), log);
  }

  @Test
  void shouldTellWhenTheHostsBytesHaveBeenSent() {
    HostPort host = emulation.wire(emulation.add(Specs.board("a", 1), Echo::new).uart(0));
    host.write(new byte[5]);
    emulation.run(host.sent(), Wake.NEVER);
    assertEquals(5 * BYTE, emulation.now());
  }

  @Test
  void shouldKeepABoardWaitingForAnythingButItsDeadlineWhileItIsBusy() {
    Script script =
        (board, now, wake) -> {
          log.add(now + ":" + board.port(0).available() + "," + board.port(0).errors());
          wake.deadline = 1_000_000;
          wake.receive[0] = now < 1_000_000 ? 0 : 1;
        };
    EmulatedBoard busy = script.on(emulation, "a", 1);
    HostPort host = emulation.wire(busy.uart(0));
    host.write(new byte[20]);
    emulation.runUntil(999_999);
    assertEquals(List.of("0:0,0"), log);
    emulation.run(Goal.when(() -> log.size() == 2), Wake.NEVER);
    assertEquals("1000000:16,4", log.get(1));
    assertEquals(4, emulation.wires().get(0).overruns());
  }

  @Test
  void shouldWakeWhenAQueueIsFullOrEmptyWhereAMachineAsksForMoreThanItHolds() {
    Script script =
        (b, now, wake) -> {
          log.add(now + ":" + b.port(0).available() + "," + b.port(0).writable());
          if (now == 0) {
            b.port(0).write(new byte[8], 0, 8);
            wake.transmit[0] = 1000;
          } else {
            b.port(0).read(new byte[16], 0, 16);
            wake.receive[0] = 1000;
          }
        };
    EmulatedBoard board = script.on(emulation, "a", 1);
    emulation.wire(board.uart(0)).write(new byte[30]);
    emulation.runUntil(1_000_000);
    assertEquals(List.of("0:0,8", "80000:8,8", "240000:16,8"), log);
  }

  @Test
  void shouldLoseWhatAnUnwiredPortSendsAtWireSpeed() {
    Script script =
        (board, now, wake) -> {
          log.add(now + ":" + board.port(0).write(new byte[9], 0, 9));
          wake.transmit[0] = 8;
        };
    script.on(emulation, "a", 1);
    emulation.runUntil(16 * BYTE);
    assertEquals(List.of("0:8", "80000:8", "160000:8"), log);
  }

  @Test
  void shouldReportAStallAndWhatEachBoardWaitsFor() {
    HostPort host = emulation.wire(emulation.add(Specs.board("a", 1), Echo::new).uart(0));
    Script script =
        (board, now, wake) -> {
          wake.receive[1] = 4;
          wake.transmit[2] = 5;
          board.port(2).write(new byte[14], 0, 14);
        };
    script.on(emulation, "b", 2);
    Script.IDLE.on(emulation, "c", 0);
    host.write(new byte[1]);
    EmulationException stall =
        assertThrows(
            EmulationException.Stall.class, () -> emulation.run(host.readable(2), Wake.NEVER));
    assertEquals(
        "nothing can happen after 10000 ns: a waits for 1 bytes on uart0 (0 there); b waits for"
            + " 4 bytes on uart1 (0 there), room for 5 bytes on spi0; c waits for nothing",
        stall.getMessage());
    assertFalse(emulation.run(host.readable(2), 50_000), "a limit is something that happens");
    assertEquals(50_000, emulation.now());
  }

  @Test
  void shouldNameAMachineThatSpins() {
    Script script =
        (board, now, wake) -> {
          wake.deadline = now - 1;
          wake.flashIdle = true;
        };
    script.on(emulation, "a", 0);
    EmulationException livelock =
        assertThrows(EmulationException.Livelock.class, () -> emulation.runUntil(1));
    assertEquals(
        "a was stepped 1000000 times at 0 ns, and still a waits for its flash, -1 ns",
        livelock.getMessage());
  }

  @Test
  void shouldNameABoardThatCrashes() {
    RuntimeException bug = new ArithmeticException("/ by zero");
    Script script =
        (board, now, wake) -> {
          if (now == 77) {
            throw bug;
          }
          wake.deadline = 77;
        };
    script.on(emulation, "a", 0);
    EmulationException crash =
        assertThrows(EmulationException.Crash.class, () -> emulation.runUntil(100));
    assertEquals("a crashed at 77 ns: " + bug, crash.getMessage());
    assertSame(bug, crash.getCause());
  }

  @Test
  void shouldRefuseWiresThatCannotBe() {
    EmulatedBoard a = emulation.add(Specs.board("a", 2), Echo::new);
    EmulatedBoard b = emulation.add(Specs.board("b", 1, new UartSpec(1, 1, 9600), 0), Echo::new);
    assertRefused("two boards are called a", () -> emulation.add(Specs.board("a", 0), Echo::new));
    assertRefused(
        "a.uart0 has 1000000 baud, and b.uart0 9600", () -> emulation.wire(a.uart(0), b.uart(0)));
    emulation.wire(a.uart(0));
    assertRefused("a.uart0 is wired already", () -> emulation.wire(a.uart(0)));
    emulation.wire(a.spi(0), b.spi(1));
    assertRefused("b.spi1 is wired already", () -> emulation.wire(a.spi(1), b.spi(1)));
    assertRefused(
        "a.uart1 and b.spi0 are of two kinds", () -> emulation.wire(a.port(1), b.port(1)));
  }

  @Test
  void shouldTakeTheTimeOfAParityBit() {
    byte[] received = new byte[2];
    UartSpec parity = new UartSpec(16, 8, 1_000_000, 11);
    EmulatedBoard board = emulation.add(Specs.board("a", 2, parity, 0), b -> loop(b, received));
    emulation.wire(board.uart(0), board.uart(1));
    emulation.run(Goal.when(() -> received[1] == 6), Wake.NEVER);
    assertEquals(2 * BYTE / 10 * 11, emulation.now());
    EmulatedBoard other = emulation.add(Specs.board("b", 1), Echo::new);
    EmulatedBoard third = emulation.add(Specs.board("c", 1, parity, 0), Echo::new);
    assertRefused(
        "b.uart0 has 10 bits a byte, and c.uart0 11",
        () -> emulation.wire(other.uart(0), third.uart(0)));
  }

  @Test
  void shouldCarryBytesBetweenTwoUartsOfOneBoard() {
    byte[] received = new byte[2];
    EmulatedBoard board = emulation.add(Specs.board("a", 2), b -> loop(b, received));
    emulation.wire(board.uart(0), board.uart(1));
    emulation.run(Goal.when(() -> received[1] == 6), Wake.NEVER);
    assertEquals(2 * BYTE, emulation.now());
  }

  private static Machine loop(Board board, byte[] received) {
    return (now, wake) -> {
      if (now == 0) {
        board.port(0).write(new byte[] {5, 6}, 0, 2);
      }
      if (board.port(1).available() == 2) {
        board.port(1).read(received, 0, 2);
      }
      wake.receive[1] = 2;
    };
  }

  private static void assertRefused(String message, Runnable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }
}
