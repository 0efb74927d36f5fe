package dunlin.host.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dunlin.boards.BoardType;
import dunlin.boards.BoardType.Weights;
import dunlin.boards.BoardTypes;
import dunlin.host.SmallModels;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Schedule;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.QuantisedModel;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sums that travel in parts: a residual stream of three of them, the last one odd. */
class ScheduleTest {
  private static final int CONTEXT = 24;
  private static final LlamaConfig SHAPE =
      new LlamaConfig(150, 43, 2, 4, 2, 6, 50, CONTEXT, 1e-5, 10_000);
  private static final QuantisedModel MODEL = SmallModels.quantise(RandomModel.of(SHAPE, true, 5));
  private static final BoardType BOARD = BoardTypes.named("emulated");
  private static final int[] PROMPT = {1, 2, 3, 4, 5, 6, 7};

  @ParameterizedTest
  @EnumSource(Schedule.class)
  void shouldSayWhatOneNodeSays(Schedule schedule) {
    Transcript alone = transcript(options(1, Weights.PLAIN, Topology.TREE, Schedule.FLOWING));
    for (Topology topology : Topology.values()) {
      for (Weights weights : Weights.values()) {
        Transcript together = transcript(options(9, weights, topology, schedule));
        assertArrayEquals(alone.tokens(), together.tokens());
        alone.logits().forEach((at, row) -> assertArrayEquals(row, together.logits().get(at)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Schedule.class)
  void shouldPutOnTheWiresWhatThePlanSays(Schedule schedule) {
    for (Topology topology : Topology.values()) {
      for (LinkKind link : LinkKind.values()) {
        PlanOptions options =
            options(9, Weights.PLAIN, topology, schedule).with(Inspection.NONE).with(link);
        Plan plan = Planner.plan(MODEL, BOARD, options);
        WireMeter.assertCounted(plan, PROMPT, 4, Sampling.GREEDY);
      }
    }
  }

  /** A sum takes a second from end to end, and nothing is lost that anybody should ask for. */
  @ParameterizedTest
  @EnumSource(Schedule.class)
  void shouldAskForNothingHoweverLongItWaits(Schedule schedule) {
    PlanOptions options =
        new PlanOptions(CONTEXT, 16, Weights.PLAIN, Inspection.NONE)
            .nodes(40, Topology.CHAIN)
            .with(schedule);
    int[] prompt = new int[16];
    WireMeter.assertCounted(Planner.plan(MODEL, BOARD, options), prompt, 1, Sampling.GREEDY);
  }

  @ParameterizedTest
  @EnumSource(Schedule.class)
  void shouldBeAPlanOfItsOwn(Schedule schedule) {
    for (Schedule other : Schedule.values()) {
      long hash = hash(schedule);
      if (other == schedule) {
        assertEquals(hash, hash(other));
      } else {
        assertNotEquals(hash, hash(other));
      }
    }
  }

  private static long hash(Schedule schedule) {
    return Planner.plan(MODEL, BOARD, options(3, Weights.PLAIN, Topology.TREE, schedule)).hash();
  }

  private static Transcript transcript(PlanOptions options) {
    return Transcript.of(MODEL, List.of(BOARD), options, PROMPT, Sampling.GREEDY);
  }

  private static PlanOptions options(
      int nodes, Weights weights, Topology topology, Schedule schedule) {
    return new PlanOptions(CONTEXT, 3, weights, Inspection.ALL_LOGITS)
        .nodes(nodes, topology)
        .with(schedule);
  }
}
