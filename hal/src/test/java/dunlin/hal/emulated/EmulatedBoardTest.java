package dunlin.hal.emulated;

import static dunlin.hal.emulated.Specs.BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dunlin.hal.Wake;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmulatedBoardTest {
  private final Emulation emulation = new Emulation();
  private final List<String> log = new ArrayList<>();

  @Test
  void shouldAccountForReservedRamByRegion() {
    EmulatedBoard board =
        emulation.add(
            Specs.board("a", 0),
            b -> {
              assertEquals(24, b.reserve(1, 24).length);
              assertNull(b.reserve(1, 1));
              assertEquals(999, b.reserve(0, 999).length);
              assertNull(b.reserve(0, 2));
              assertNull(b.reserve(0, -1));
              assertNull(b.reserve(2, 0));
              assertNull(b.reserve(-1, 0));
              return (now, wake) -> {};
            });
    emulation.runUntil(0);
    assertEquals(2, board.ramRegions());
    assertEquals(999, board.reserved(0));
    assertEquals(24, board.reserved(1));
  }

  @Test
  void shouldRefuseToReserveRamAfterBoot() {
    Script script = (board, now, wake) -> board.reserve(0, 1);
    script.on(emulation, "a", 0);
    EmulationException crash =
        assertThrows(EmulationException.Crash.class, () -> emulation.runUntil(0));
    assertInstanceOf(IllegalStateException.class, crash.getCause());
  }

  @Test
  void shouldForgetAllButItsFlashWhenItIsReset() {
    List<byte[]> arenas = new ArrayList<>();
    EmulatedBoard board =
        emulation.add(
            Specs.board("a", 1),
            b -> {
              byte[] arena = b.reserve(0, 1000);
              arenas.add(arena);
              return (now, wake) -> {
                log.add(now + ":" + arena[0]++ + "," + b.port(0).available());
                b.port(0).write(new byte[2], 0, 2);
                b.gpio().write(0, true);
              };
            });
    HostPort host = emulation.wire(board.uart(0));
    board.loadFlash(new byte[] {1, 2});
    host.write(new byte[30]);
    emulation.runUntil(19 * BYTE + 5);
    assertEquals(3, board.uart(0).errors());
    board.reset();
    assertEquals(false, board.gpio().read(0));
    assertEquals(0, board.port(0).available());
    assertEquals(0, board.uart(0).errors());
    emulation.runUntil(20 * BYTE);
    assertEquals(List.of("0:0,0", "0:0,0"), log);
    assertNotSame(arenas.get(0), arenas.get(1));
    assertEquals(1, board.port(0).available(), "what is under way still arrives");
    assertEquals(1000, board.reserved(0));
    assertEquals(1, board.resets());
    assertEquals(2, board.steps());
    assertEquals(BYTE - 5, board.clock().now());
    assertArrayEquals(new byte[] {1, 2, -1}, Arrays.copyOf(board.flash().bytes(), 3));
  }

  @Test
  void shouldBootAnewAfterTheStepInWhichItResetsItself() {
    Script script =
        (board, now, wake) -> {
          log.add("begin");
          if (log.size() == 1) {
            board.reset();
            log.add("end");
          }
        };
    EmulatedBoard board = script.on(emulation, "a", 0);
    emulation.runUntil(BYTE);
    assertEquals(List.of("begin", "end", "begin"), log);
    assertEquals(1, board.resets());
  }

  @Test
  void shouldTakeBackWhatAResetBoardHadNotSentFromThoseWhoWait() {
    Script script =
        (board, now, wake) -> {
          if (board.flash().bytes()[0] == -1) {
            board.port(0).write(new byte[4], 0, 4);
          }
        };
    EmulatedBoard sender = script.on(emulation, "a", 1);
    Script receiving =
        (board, now, wake) -> {
          log.add("b@" + now);
          wake.receive[0] = 4;
        };
    EmulatedBoard receiver = receiving.on(emulation, "b", 1);
    emulation.wire(sender.uart(0), receiver.uart(0));
    emulation.runUntil(3 * BYTE);
    sender.loadFlash(new byte[1]);
    assertThrows(
        EmulationException.Stall.class,
        () -> emulation.run(Goal.when(() -> log.size() > 1), Wake.NEVER));
    assertEquals(3, receiver.uart(0).available());
    assertEquals(1, sender.resets());
  }

  @Test
  void shouldBeResetByAWatchdogThatIsNotFed() {
    Script script =
        (b, now, wake) -> {
          log.add("" + now);
          if (now < 1500) {
            b.watchdog().feed();
          }
          wake.deadline = now + 600;
        };
    EmulatedBoard board = script.on(emulation, Specs.board("a", 0, Specs.UART, 1000));
    assertEquals(1000, board.watchdog().period());
    emulation.runUntil(2200);
    assertEquals(List.of("0", "600", "1200", "1800", "0"), log);
    assertEquals(1, board.watchdogResets());
    assertEquals(1, board.resets());
  }

  @Test
  void shouldNotBeSavedByAFeedThatComesAPeriodLate() {
    Script script =
        (b, now, wake) -> {
          b.watchdog().feed();
          wake.deadline = now + 1000;
        };
    EmulatedBoard board = script.on(emulation, Specs.board("a", 0, Specs.UART, 1000));
    emulation.runUntil(3000);
    assertEquals(3, board.watchdogResets());
  }

  @Test
  void shouldHaveAnEndlessWatchdogPeriodWithoutAWatchdog() {
    EmulatedBoard board = Script.IDLE.on(emulation, "a", 0);
    assertEquals(Wake.NEVER, board.watchdog().period());
    emulation.runUntil(1L << 60);
    assertEquals(0, board.resets());
  }

  @Test
  void shouldDoNothingWithoutPowerAndBootWhenItIsBack() {
    Script script =
        (b, now, wake) -> {
          log.add(emulation.now() + ":" + b.port(0).available());
          b.watchdog().feed();
          wake.deadline = now + 1000;
        };
    EmulatedBoard board = script.on(emulation, Specs.board("a", 1, Specs.UART, 5000));
    HostPort host = emulation.wire(board.uart(0));
    emulation.runUntil(0);
    board.powerOff();
    host.write(new byte[1]);
    board.stick();
    board.reset();
    emulation.runUntil(BYTE);
    assertEquals(1, host.sent().reachedAt() / BYTE, "the line carries what nobody takes");
    board.powerOn();
    emulation.runUntil(BYTE + 1000);
    assertEquals(List.of("0:0", "10000:0", "11000:0"), log);
    assertEquals(1, board.resets());
  }

  @Test
  void shouldRefuseAnImageThatDoesNotFitItsFlash() {
    EmulatedBoard board = emulation.add(Specs.board("a", 0), Echo::new);
    assertEquals(
        "a: 257 bytes in a flash of 256",
        assertThrows(IllegalArgumentException.class, () -> board.loadFlash(new byte[257]))
            .getMessage());
  }

  @Test
  void shouldKnowItsIdentifier() {
    EmulatedBoard board = emulation.add(Specs.board("a", 0), Echo::new);
    assertEquals(7, board.uid(0));
    assertEquals(9, board.uid(2));
  }

  @Test
  void shouldPassAnOutputsLevelOnToAnInputAndRefuseToDriveThat() {
    EmulatedGpio a = emulation.add(Specs.board("a", 0), Echo::new).gpio();
    EmulatedGpio b = emulation.add(Specs.board("b", 0), Echo::new).gpio();
    a.write(2, true);
    a.wire(2, b, 1);
    assertEquals(true, b.read(1));
    a.write(2, false);
    assertEquals(false, b.read(1));
    b.drive(0, true);
    assertEquals(true, b.read(0));
    assertThrows(IllegalStateException.class, () -> b.write(1, true));
    assertThrows(IllegalArgumentException.class, () -> a.wire(0, b, 1));
  }
}
