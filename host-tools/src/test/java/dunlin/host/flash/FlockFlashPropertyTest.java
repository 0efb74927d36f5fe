package dunlin.host.flash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.hal.emulated.EmulatedBoard;
import dunlin.host.compile.Compiler;
import dunlin.host.compile.NodeImage;
import dunlin.host.plan.Plan;
import dunlin.host.plan.Topology;
import dunlin.host.run.FaultPlan;
import dunlin.host.run.Misfortune;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** Flashing through a flock whose boards and wires let it down. */
class FlockFlashPropertyTest {
  private static final Plan PLAN = FlockBench.plan(1, Topology.TREE);
  private static final List<NodeImage> OLD = Compiler.compile(FlockBench.plan(2, Topology.TREE));
  private static final long DURATION = duration();

  private static FlockBench bench() {
    return new FlockBench(PLAN).holding(OLD, 0, 1, 2, 3);
  }

  private static long duration() {
    FlockBench clean = bench();
    clean.flashAll();
    return clean.flock.nanoseconds();
  }

  /** At the instant of the reset, too, a board trusts the old image or the new, or none. */
  @Property(tries = 100)
  void shouldLeaveAnEmptyOrAWholeNodeWhereABoardIsReset(
      @ForAll @IntRange(max = 3) int rank, @ForAll @DoubleRange(min = 0, max = 0.99) double when) {
    FlockBench bench = bench();
    EmulatedBoard board = bench.flock.board(rank);
    boolean[] good = {false};
    bench
        .flock
        .emulation()
        .at(
            (long) (when * DURATION),
            () -> {
              board.reset();
              good[0] = bench.isEmptyOrWhole(rank, OLD);
            });
    bench.flashAll();
    assertTrue(good[0]);
    bench.expectAllFlashed();
  }

  @Property(tries = 20)
  void shouldFlashOverBadWires(@ForAll long seed) {
    FlockBench bench = bench();
    FaultPlan noise =
        FaultPlan.parse("flip=1e-4,burst=2e-5,loss=2e-5,echo=2e-5,overrun=2e-5,delay=2");
    Misfortune misfortune = Misfortune.befall(bench.flock.emulation(), noise, seed);
    bench.flashAll();
    assertTrue(misfortune.faults() > 0);
    bench.expectAllFlashed();
  }

  @Example
  void shouldFlashWhileEverythingGoesWrong() {
    FaultPlan plan = FaultPlan.parse("flip=1e-4,loss=2e-5,cut=0.05,reset=0.1,stuck=0.02");
    for (int seed = 0; seed < 5; seed++) {
      FlockBench bench = bench();
      Misfortune.befall(bench.flock.emulation(), plan, seed);
      bench.flashAll();
      bench.expectAllFlashed();
    }
  }
}
