package dunlin.host.run;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.host.model.LlamaConfig;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.QuantisedModel;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What a plan says of the wires is what the wires count, to the byte, for each pass and wire. */
class TrafficPropertyTest {
  private static final BoardType EMULATED = BoardTypes.named("emulated");

  @Provide
  Arbitrary<FlockCase> cases() {
    return FlockCase.cases();
  }

  @Property(tries = 100)
  void shouldCountWhatTheWiresCarry(@ForAll("cases") FlockCase flockCase) {
    QuantisedModel quantised = flockCase.quantised();
    int[] prompt = flockCase.prompt();
    LlamaConfig config = flockCase.config();
    int steps = config.context() - prompt.length;
    for (SmallFlock flock : flockCase.flocks()) {
      PlanOptions options = flock.options(config).with(Inspection.NONE);
      Plan plan = Planner.plan(quantised, flock.boards(config), options);
      WireMeter.assertCounted(plan, prompt, steps, flockCase.sampling());
    }
  }

  @Example
  void shouldCountWhatStories260KPutsOnTheWires() {
    Stories260K stories = Stories260K.require();
    int[] prompt = stories.prompt("One day, a dog");
    for (int nodes : new int[] {1, 2, 4, 8, 16, 64}) {
      for (Topology topology : nodes > 16 ? List.of(Topology.TREE) : List.of(Topology.values())) {
        PlanOptions options = new PlanOptions(40, 0, null, Inspection.NONE).nodes(nodes, topology);
        Plan plan = Planner.plan(stories.quantised(), EMULATED, options);
        WireMeter.assertCounted(plan, prompt, 4, Sampling.GREEDY);
        WireMeter.assertCounted(plan, prompt, 4, Sampling.of(1, 40, 1));
      }
    }
  }
}
