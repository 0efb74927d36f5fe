package dunlin.host.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import dunlin.host.run.FaultPlan.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Texts told while everything goes wrong; as many faults as {@code -Ddunlin.faults} says. */
@Tag("slow")
class FaultCampaignTest {
  private static final LlamaConfig SHAPE =
      new LlamaConfig(16, 24, 2, 4, 2, 4, 30, 200, 1e-5, 10_000);
  private static final QuantisedModel MODEL = SmallModels.quantise(RandomModel.of(SHAPE, true, 1));
  private static final int[] PROMPT = {3, 1, 4, 1, 5, 9, 2};
  private static final FaultPlan PLAN =
      FaultPlan.parse(
          "flip=1e-4,burst=2e-5,loss=2e-5,echo=2e-5,delay=2,cut=0.1,reset=0.3,stuck=0.05");

  @Test
  void shouldTellTheSameThroughThousandsOfFaultsOfEveryKind() {
    long goal = Long.getLong("dunlin.faults", 2_000);
    List<Plan> plans = new ArrayList<>();
    for (Topology topology : Topology.values()) {
      for (LinkKind link : LinkKind.values()) {
        plans.add(plan(topology, link));
      }
    }
    int[] expected = tell(new EmulatedFlock(plans.get(0)));
    Map<Kind, Long> events = new EnumMap<>(Kind.class);
    long faults = 0;
    for (long seed = 0; faults < goal; seed++) {
      EmulatedFlock flock = new EmulatedFlock(plans.get((int) (seed % plans.size())));
      Misfortune misfortune = Misfortune.befall(flock.emulation(), PLAN, seed);
      assertArrayEquals(expected, tell(flock), "seed " + seed);
      faults += misfortune.faults();
      for (Kind kind : Kind.values()) {
        events.merge(kind, misfortune.events(kind), Long::sum);
      }
    }
    for (Kind kind : List.of(Kind.DELAY, Kind.CUT, Kind.RESET, Kind.STUCK)) {
      assertTrue(events.get(kind) > 0, "never a " + kind + ": " + events);
    }
  }

  private static Plan plan(Topology topology, LinkKind link) {
    PlanOptions options =
        new PlanOptions(200, 3, null, PlanOptions.Inspection.NONE).nodes(5, topology).with(link);
    return Planner.plan(MODEL, BoardTypes.named("emulated"), options);
  }

  private static int[] tell(EmulatedFlock flock) {
    Coordinator coordinator = new Coordinator(flock);
    List<Integer> tokens = new ArrayList<>();
    new Generator(coordinator, coordinator.hello())
        .generate(PROMPT, 190, Sampling.GREEDY, tokens::add);
    return tokens.stream().mapToInt(Integer::intValue).toArray();
  }
}
