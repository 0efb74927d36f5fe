package dunlin.host.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardTypes;
import dunlin.hal.emulated.LineFault;
import dunlin.hal.emulated.LineFaults;
import dunlin.hal.emulated.Wire;
import dunlin.host.SmallModels;
import dunlin.host.compile.Layout;
import dunlin.host.compile.PassTraffic;
import dunlin.host.compile.Traffic;
import dunlin.host.compile.Volume;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What reliable links cost, on clean wires and on bad ones. */
class NoisyWiresTest {
  private static final int[] PROMPT = {3, 1, 4, 1, 5, 9, 2};
  private static final int STEPS = 100;
  private static final int TEXTS = 10;

  private static Plan plan(int dim) {
    LlamaConfig shape = new LlamaConfig(dim, 2 * dim, 2, 4, 4, dim / 4, 64, 120, 1e-5, 10_000);
    PlanOptions options = PlanOptions.DEFAULT.nodes(4, Topology.TREE);
    return Planner.plan(
        SmallModels.quantise(RandomModel.of(shape, true, 1)),
        BoardTypes.named("emulated"),
        options);
  }

  /** Ops take no time here, so wires are all that there is: the worst case. Ten texts. */
  @Test
  void shouldKeepFourFifthsOfTheSpeedWhereABitOfAHundredThousandFlips() {
    Plan plan = plan(64);
    EmulatedFlock clean = new EmulatedFlock(plan);
    int[] expected = tell(clean);
    LineFaults noise = new LineFaults(Map.of(LineFault.FLIP, 8 * 1e-5));
    long nanos = 0;
    long faults = 0;
    for (int text = 0; text < TEXTS; text++) {
      EmulatedFlock noisy = new EmulatedFlock(plan);
      long seed = 100L * text;
      for (Wire wire : noisy.emulation().wires()) {
        wire.disturb(noise, seed++);
      }
      assertArrayEquals(expected, tell(noisy));
      nanos += noisy.nanoseconds();
      faults += noisy.emulation().wires().stream().mapToLong(w -> w.faults(LineFault.FLIP)).sum();
    }
    assertTrue(faults > 100, "only " + faults + " faults");
    double speed = (double) TEXTS * clean.nanoseconds() / nanos;
    assertTrue(speed >= 0.8, "speed falls to " + speed + " with " + faults + " faults");
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 256, 512})
  void shouldSpendNoMoreThanThreePercentOnAcknowledgements(int dim) {
    PassTraffic token = new Layout(plan(dim)).traffic().pass(new int[] {5}, true, 1);
    Volume alone = token.of(Traffic.Kind.ACKNOWLEDGEMENT);
    double share = (double) alone.bytes() / (token.total().bytes() - alone.bytes());
    assertTrue(share <= 0.03, "share " + share);
    if (dim <= 64) {
      assertEquals(0, alone.frames());
    }
  }

  private static int[] tell(EmulatedFlock flock) {
    Coordinator coordinator = new Coordinator(flock);
    List<Integer> tokens = new ArrayList<>();
    new Generator(coordinator, coordinator.hello())
        .generate(PROMPT, STEPS, Sampling.GREEDY, tokens::add);
    return tokens.stream().mapToInt(Integer::intValue).toArray();
  }
}
