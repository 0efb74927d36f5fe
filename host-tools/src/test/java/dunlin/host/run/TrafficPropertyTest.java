package dunlin.host.run;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.host.SmallModels;
import dunlin.host.model.FloatModel;
import dunlin.host.model.LlamaConfig;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.QuantisedModel;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What a plan says of the wires is what the wires count, to the byte, for each pass and wire. */
class TrafficPropertyTest {
  private static final BoardType EMULATED = BoardTypes.named("emulated");

  @Provide
  Arbitrary<FloatModel> models() {
    return SmallModels.models();
  }

  @Provide
  Arbitrary<List<SmallFlock>> flocks() {
    return SmallFlock.lists();
  }

  @Provide
  Arbitrary<Sampling> samplings() {
    return Arbitraries.of(
        Sampling.GREEDY, Sampling.of(1, 0, 5), Sampling.of(0.7, 1, -1), Sampling.of(3, 128, 9));
  }

  @Property(tries = 100)
  void shouldCountWhatTheWiresCarry(
      @ForAll("models") FloatModel model,
      @ForAll("flocks") List<SmallFlock> flocks,
      @ForAll("samplings") Sampling wanted) {
    QuantisedModel quantised = SmallModels.quantise(model);
    int topK = Math.min(wanted.topK(), model.config().vocabulary());
    Sampling sampling = new Sampling(wanted.temperature(), topK, wanted.seed());
    LlamaConfig config = model.config();
    int[] prompt = Arrays.copyOf(SmallModels.text(config, 3), (config.context() + 1) / 2);
    for (SmallFlock flock : flocks) {
      PlanOptions options = flock.options(config).with(Inspection.NONE);
      Plan plan = Planner.plan(quantised, flock.boards(config), options);
      WireMeter.assertCounted(plan, prompt, config.context() - prompt.length, sampling);
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
