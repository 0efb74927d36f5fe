package dunlin.host.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardTypes;
import dunlin.host.SmallModels;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.QuantisedModel;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Texts told while everything goes wrong; as many faults as {@code -Ddunlin.faults} says. */
@Tag("slow")
class FaultCampaignTest {
  private static final LlamaConfig SHAPE =
      new LlamaConfig(16, 24, 2, 4, 2, 4, 30, 200, 1e-5, 10_000);
  private static final QuantisedModel MODEL = SmallModels.quantise(RandomModel.of(SHAPE, true, 1));
  private static final int[] PROMPT = {3, 1, 4, 1, 5, 9, 2};
  private static final String SURVIVABLE =
      "flip=1e-4,burst=2e-5,loss=2e-5,echo=2e-5,overrun=2e-5,"
          + "delay=2,cut=0.1,reset=0.3,stuck=0.05,brownout=0.1";
  private static final String FATAL = SURVIVABLE + ",gone=0.3";

  /** Every so many texts, boards may be lost for good. */
  private static final int FATAL_EVERY = 10;

  /** Virtual nanoseconds in which a text is told, or it is said who is missing. */
  private static final long BOUND = 600_000_000_000L;

  private final List<Plan> plans = new ArrayList<>();
  private final FaultTally tally = new FaultTally();
  private List<Integer> expected;
  private int texts;
  private int lost;
  private long longest;

  @Test
  void shouldTellTheSameOrNameWhoIsMissingThroughFaultsOfEveryKind() {
    long goal = Long.getLong("dunlin.faults", 2_000);
    for (Topology topology : Topology.values()) {
      for (LinkKind link : LinkKind.values()) {
        plans.add(plan(topology, link));
      }
    }
    expected = tell(new EmulatedFlock(plans.get(0)), new ArrayList<>());
    while (tally.all() < goal || lost == 0) {
      texts++;
      tell(texts, FaultPlan.parse(texts % FATAL_EVERY == 0 ? FATAL : SURVIVABLE));
    }
    tally.expect(EnumSet.allOf(FaultPlan.Kind.class));
    System.out.printf(
        "%,d texts, %,d of them lost with a board, none longer than %.1f s of virtual time: %s%n",
        texts, lost, longest / 1e9, tally);
  }

  private void tell(int seed, FaultPlan faults) {
    EmulatedFlock flock = new EmulatedFlock(plans.get(seed % plans.size()));
    Misfortune misfortune = Misfortune.befall(flock.emulation(), faults, seed);
    List<Integer> told = new ArrayList<>();
    try {
      assertEquals(expected, tell(flock, told), "seed " + seed);
    } catch (LostContact e) {
      assertTrue(misfortune.faults(FaultPlan.Kind.GONE) > 0, () -> "seed " + seed + ": " + e);
      assertEquals(expected.subList(0, told.size()), told, "seed " + seed);
      lost++;
    }
    tally.add(misfortune);
    longest = Math.max(longest, flock.nanoseconds());
    assertTrue(longest < BOUND, "seed " + seed);
  }

  private static Plan plan(Topology topology, LinkKind link) {
    PlanOptions options =
        new PlanOptions(200, 3, null, PlanOptions.Inspection.NONE).nodes(5, topology).with(link);
    return Planner.plan(MODEL, BoardTypes.named("emulated"), options);
  }

  /** The text; what there is of it by then is in {@code told} when the flock is lost. */
  private static List<Integer> tell(EmulatedFlock flock, List<Integer> told) {
    Coordinator coordinator = new Coordinator(flock);
    new Generator(coordinator, coordinator.hello())
        .generate(PROMPT, 190, Sampling.GREEDY, told::add);
    return told;
  }
}
