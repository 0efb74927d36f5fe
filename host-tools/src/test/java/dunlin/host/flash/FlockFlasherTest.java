package dunlin.host.flash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.Refusal;
import dunlin.boards.Uid;
import dunlin.hal.emulated.Emulation;
import dunlin.hal.emulated.Wire;
import dunlin.host.compile.Compiler;
import dunlin.host.compile.NodeImage;
import dunlin.host.plan.Plan;
import dunlin.host.plan.Topology;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Images through the flock, in virtual time. */
class FlockFlasherTest {
  private static final Plan TREE = FlockBench.plan(1, Topology.TREE);
  private static final long SAMPLE_NANOS = 100_000;

  private final FlockBench bench = new FlockBench(TREE);

  @Test
  void shouldFlashTheChildrenOfARootThatHasItsImage() {
    bench.holding(bench.images, 0);
    List<FlashReport> reports = bench.flashAll();
    assertEquals(0, reports.get(0).write().bytes());
    assertTrue(reports.stream().skip(1).allMatch(report -> report.alreadyThere() == 0));
    bench.expectAllFlashed();
  }

  @Test
  void shouldFlashBoardsThatHoldNothingAtAllFromTheRootOutwards() {
    FlockBench chain = new FlockBench(FlockBench.plan(1, Topology.CHAIN));
    chain.flashAll();
    chain.expectAllFlashed();
  }

  @Test
  void shouldWriteNothingThatIsThere() {
    bench.flashAll();
    for (FlashReport report : bench.flashAll()) {
      assertEquals(0, report.erase().bytes() + report.write().bytes());
    }
    bench.expectAllFlashed();
  }

  @Test
  void shouldReplaceTheImagesOfAnotherPlan() {
    List<NodeImage> others = Compiler.compile(FlockBench.plan(2, Topology.CHAIN));
    bench.holding(others, 0, 1, 2, 3).flashAll();
    bench.expectAllFlashed();
  }

  @Test
  void shouldSayFromWhereOnABoardDiffers() {
    bench.holding(bench.images, 0, 1, 2, 3);
    bench.flasher().verify(bench.job(3));
    byte[] other = bench.held(3);
    other[300] ^= 1;
    bench.flock.board(3).loadFlash(other);
    expectRefusal(
        "rank 3: the image differs from 0x0000012c on: dunlin flash --every-byte writes what"
            + " differs",
        () -> bench.flasher().verify(bench.job(3)));
  }

  /** A supply that failed as the header's sector was erased may have left the header. */
  @Test
  void shouldMendAnImageThatItsNodeFindsDamaged() {
    bench.holding(bench.images, 0, 1, 2, 3);
    byte[] damaged = bench.held(3);
    damaged[damaged.length - 1] ^= 1;
    bench.flock.board(3).loadFlash(damaged);
    bench.flashAll();
    bench.expectAllFlashed();
  }

  @Test
  void shouldSendNothingToABoardWhileItsSectorErases() {
    bench.holding(bench.images, 0);
    Emulation emulation = bench.flock.emulation();
    Listener listener = new Listener(emulation, emulation.wires().get(0));
    listener.listen();
    bench.flasher().flash(bench.job(1));
    assertTrue(listener.quiet > 100, "erasing was seen " + listener.quiet + " times");
    assertEquals(0, listener.disturbed);
  }

  /** Looks at board 1 so often that between two looks no operation ends and another begins. */
  private static final class Listener {
    private final Emulation emulation;
    private final Wire wire;
    private boolean wasBusy;
    private long sent;
    private int quiet;
    private int disturbed;

    Listener(Emulation emulation, Wire wire) {
      this.emulation = emulation;
      this.wire = wire;
    }

    void listen() {
      boolean busy = emulation.boards().get(1).flash().busy();
      if (busy && wasBusy) {
        quiet++;
        disturbed += wire.forwardBytes() == sent ? 0 : 1;
      }
      wasBusy = busy;
      sent = wire.forwardBytes();
      emulation.at(emulation.now() + SAMPLE_NANOS, this::listen);
    }
  }

  @Test
  void shouldNameABoardThatDoesNotAnswer() {
    bench.holding(bench.images, 0);
    bench.flock.emulation().wires().get(1).cut(true);
    expectRefusal(
        "no answer from rank 2, or a board on the way to it: check the power and wiring of those"
            + " boards",
        () -> bench.flasher().flash(bench.job(2)));
  }

  @Test
  void shouldNotTouchAnotherBoardThanTheOneThatIsMeant() {
    bench.holding(bench.images, 0);
    FlashJob meant = bench.job(1);
    FlashJob type =
        new FlashJob(1, bench.job(2).board(), "root", null, meant.route(), meant.segments());
    expectRefusal(
        "rank 1: is a board of type %d, not unit 32, sectors of 16384: wire boards as dunlin"
                .formatted(meant.board().id())
            + " plan --wiring says, or choose another --board",
        () -> bench.flasher().flash(type));
    FlashJob bound =
        new FlashJob(1, meant.board(), "root", new Uid(1, 2, 3), meant.route(), meant.segments());
    assertThrows(Refusal.class, () -> bench.flasher().flash(bound));
    byte[] held = bench.held(1);
    Arrays.fill(held, (byte) -1);
    assertArrayEquals(held, bench.held(1));
  }

  private static void expectRefusal(String message, Runnable action) {
    assertEquals(message, assertThrows(Refusal.class, action::run).getMessage());
  }
}
