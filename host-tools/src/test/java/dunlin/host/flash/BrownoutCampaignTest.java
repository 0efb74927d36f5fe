package dunlin.host.flash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.hal.emulated.EmulatedBoard;
import dunlin.hal.emulated.Emulation;
import dunlin.host.compile.Compiler;
import dunlin.host.compile.NodeImage;
import dunlin.host.plan.Plan;
import dunlin.host.plan.Topology;
import dunlin.host.run.FaultPlan;
import dunlin.host.run.FaultPlan.Kind;
import dunlin.host.run.FaultTally;
import dunlin.host.run.Misfortune;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Flocks that are flashed while everything goes wrong, and boards' supplies fail in the middle of
 * erasing and programming: a hundredth as many times as {@code -Ddunlin.faults} says.
 */
@Tag("slow")
class BrownoutCampaignTest {
  private static final FaultPlan PLAN =
      FaultPlan.parse(
          "flip=1e-4,burst=2e-5,loss=2e-5,echo=2e-5,overrun=2e-5,"
              + "delay=1,cut=0.05,reset=0.1,stuck=0.02,brownout=0.05");
  private static final Set<Kind> EXPECTED = EnumSet.complementOf(EnumSet.of(Kind.GONE));

  /** Virtual nanoseconds for which a supply fails, and how often it is looked who writes. */
  private static final long DARK = 300_000_000L;

  private static final long LOOK = 20_000;

  /** Of so many looks at a flash that is written, one is the supply's last. */
  private static final int LUCK = 500;

  /** Brown-outs until every kind of fault has befallen some flock. */
  private static final long LEAST = 100;

  /** Aimed brown-outs for a flock: a flasher begins anew 20 times for each board. */
  private static final int MOST = 6;

  /** Virtual nanoseconds in which a flock is flashed. */
  private static final long BOUND = 1_200_000_000_000L;

  private final List<List<NodeImage>> images = new ArrayList<>();
  private final List<Plan> plans = new ArrayList<>();
  private final FaultTally tally = new FaultTally();
  private long interrupted;
  private long longest;

  @Test
  void shouldFlashWhateverIsInterrupted() {
    for (Topology topology : List.of(Topology.TREE, Topology.CHAIN)) {
      plans.add(FlockBench.plan(plans.size(), topology));
      images.add(Compiler.compile(plans.get(plans.size() - 1)));
    }
    long goal = Math.max(LEAST, Long.getLong("dunlin.faults", 2_000) / 100);
    int flocks = 0;
    while (interrupted < goal) {
      flash(flocks++);
    }
    tally.expect(EXPECTED);
    System.out.printf(
        "%,d flocks flashed, %,d times a supply failed as flash was written, "
            + "none longer than %.1f s of virtual time: %s%n",
        flocks, interrupted, longest / 1e9, tally);
  }

  /** One plan's flock becomes the other's. */
  private void flash(int seed) {
    FlockBench bench = new FlockBench(plans.get(seed % 2));
    List<NodeImage> old = images.get(1 - seed % 2);
    bench.holding(old, 0, 1, 2, 3);
    Misfortune misfortune = Misfortune.befall(bench.flock.emulation(), PLAN, seed);
    Aim aim = new Aim(bench, old, new SplittableRandom(seed));
    aim.look();
    bench.flashAll();
    aim.struck = MOST;
    bench.expectAllFlashed();
    tally.add(misfortune);
    longest = Math.max(longest, bench.flock.nanoseconds());
    assertTrue(longest < BOUND, "seed " + seed);
  }

  /** Waits for boards to write, and takes their power away. */
  private final class Aim {
    private final FlockBench bench;
    private final List<NodeImage> old;
    private final SplittableRandom random;
    private int struck;

    Aim(FlockBench bench, List<NodeImage> old, SplittableRandom random) {
      this.bench = bench;
      this.old = old;
      this.random = random;
    }

    void look() {
      for (int rank : bench.ranks().toArray()) {
        if (bench.flock.board(rank).flash().busy() && random.nextInt(LUCK) == 0) {
          strike(rank);
        }
      }
      if (struck < MOST) {
        Emulation emulation = bench.flock.emulation();
        emulation.at(emulation.now() + LOOK, this::look);
      }
    }

    private void strike(int rank) {
      EmulatedBoard board = bench.flock.board(rank);
      board.powerOff();
      assertTrue(bench.isEmptyOrWhole(rank, old), "half an image is trusted");
      Emulation emulation = bench.flock.emulation();
      emulation.at(emulation.now() + random.nextLong(DARK), board::powerOn);
      struck++;
      interrupted++;
    }
  }
}
