package dunlin.hal.emulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.hal.Board;
import dunlin.hal.Machine;
import dunlin.hal.Wake;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Flocks of machines that do anything that is allowed, with resets, twice. */
class DeterminismPropertyTest {
  private static final long END = 3_000_000;

  @Property(tries = 200)
  void shouldDoTheSameToTheNanosecondInEveryRun(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int boards) {
    assertEquals(run(seed, boards, END), run(seed, boards, END));
  }

  @Property(tries = 200)
  void shouldDoTheSameHoweverOftenTheHostLooks(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 9) int boards,
      @ForAll @LongRange(min = 5_000, max = END) long slice) {
    assertEquals(run(seed, boards, END), run(seed, boards, slice));
  }

  @Property(tries = 200)
  void shouldStepInTheOrderOfTimeAndBoards(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int boards) {
    List<Step> steps = run(seed, boards, END);
    assertTrue(steps.size() >= boards);
    for (int i = 1; i < steps.size(); i++) {
      assertTrue(steps.get(i - 1).time <= steps.get(i).time);
    }
  }

  record Step(long time, int board, long boardTime, int read, int contents, int written) {}

  private static List<Step> run(long seed, int count, long slice) {
    Emulation emulation = new Emulation();
    List<Step> trace = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      Random random = new Random(seed + i);
      emulation.add(
          Specs.board("n" + i, 3, Specs.UART, 700_000),
          board -> machine(emulation, number, board, random, trace));
    }
    for (int i = 0; i < count; i++) {
      EmulatedBoard next = emulation.boards().get((i + 1) % count);
      emulation.wire(emulation.boards().get(i).uart(1), next.uart(2));
      emulation.wire(emulation.boards().get(i).spi(0), next.spi(1));
    }
    long now = 0;
    while (now < END) {
      now = Math.min(END, now + slice);
      emulation.runUntil(now);
    }
    return trace;
  }

  private static Machine machine(
      Emulation emulation, int number, Board board, Random random, List<Step> trace) {
    byte[] buffer = new byte[32];
    return (now, wake) -> {
      int read = 0;
      int written = 0;
      int contents = 0;
      for (int i = 0; i < board.ports(); i++) {
        int n = board.port(i).read(buffer, 0, random.nextInt(8));
        read += n;
        for (int j = 0; j < n; j++) {
          contents = 31 * contents + buffer[j];
        }
        random.nextBytes(buffer);
        written += board.port(i).write(buffer, 0, random.nextInt(8));
        wake.receive[i] = random.nextInt(20);
        wake.transmit[i] = random.nextInt(3) == 0 ? random.nextInt(10) : 0;
      }
      if (random.nextInt(4) > 0) {
        board.watchdog().feed();
      }
      wake.deadline = random.nextInt(4) == 0 ? Wake.NEVER : now + random.nextInt(90_000);
      trace.add(new Step(emulation.now(), number, now, read, contents, written));
    };
  }
}
