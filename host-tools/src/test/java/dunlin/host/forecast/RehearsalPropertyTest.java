package dunlin.host.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.firmware.Request;
import dunlin.host.SmallModels;
import dunlin.host.compile.Layout;
import dunlin.host.model.FloatModel;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Schedule;
import dunlin.host.plan.Topology;
import dunlin.host.run.Coordinator;
import dunlin.host.run.EmulatedFlock;
import dunlin.host.run.Sampling;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What a rehearsal says of a pass is what the flock takes for it, to the nanosecond. */
class RehearsalPropertyTest {
  private static final BoardType BOARD =
      BoardTypes.named("emulated").with(BoardTypes.named("stm32f405").performance());

  @Provide
  Arbitrary<FloatModel> models() {
    return SmallModels.models();
  }

  @Property(tries = 60)
  void shouldTakeWhatTheFlockTakes(
      @ForAll("models") FloatModel model,
      @ForAll @IntRange(min = 1, max = 12) int wanted,
      @ForAll Topology topology,
      @ForAll LinkKind link,
      @ForAll Schedule schedule,
      @ForAll @IntRange(min = 1, max = 2) int stages,
      @ForAll @IntRange(min = 1, max = 7) int later) {
    int nodes = Math.min(wanted, model.config().hidden());
    int staged = Math.min(stages, Math.min(nodes, model.config().layers()));
    PlanOptions options =
        PlanOptions.DEFAULT.nodes(nodes, topology).with(link).with(schedule).staged(staged);
    Plan plan = Planner.plan(SmallModels.quantise(model), BOARD, options);
    int position = Math.min(later, plan.context() - 1);
    int owner = Rehearsal.farthestOwner(plan);
    Layout layout = new Layout(plan);
    if (position < 1) {
      return;
    }
    PassForecast forecast = Rehearsal.decoding(plan, layout, position, owner).pass();
    assertEquals(taken(plan, layout, position, owner), forecast.nanos());
    assertTrue(forecast.nodes().stream().allMatch(node -> node.computeNanos() > 0));
  }

  private static long taken(Plan plan, Layout layout, int position, int owner) {
    int[] token = {plan.members().get(owner).shard().vocabulary().first()};
    EmulatedFlock flock = new EmulatedFlock(plan, layout.images());
    Coordinator coordinator = new Coordinator(flock);
    coordinator.hello();
    for (int before = 0; before < position; before++) {
      coordinator.pass(token, before, Request.SAMPLE, Sampling.GREEDY);
    }
    long begin = flock.nanoseconds();
    coordinator.pass(token, position, Request.SAMPLE, Sampling.GREEDY);
    return flock.nanoseconds() - begin;
  }
}
