package dunlin.host.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.host.compile.Layout;
import dunlin.host.model.LlamaConfig;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.Outline;
import dunlin.host.quantise.QuantisedModel;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A flock is compared with one of its boards. */
class AloneTest {
  private static final BoardType SLOW = BoardTypes.named("stm32f405");
  private static final BoardType FAST = BoardTypes.named("nucleo-h743zi2");

  private static Plan plan(int context, int stages, BoardType... boards) {
    QuantisedModel model =
        Outline.of("model", new LlamaConfig(64, 172, 5, 8, 4, 8, 512, context, 1e-5, 10_000), true);
    PlanOptions options = PlanOptions.DEFAULT.nodes(boards.length, Topology.CHAIN).staged(stages);
    return Planner.plan(model, List.of(boards), options);
  }

  @Test
  void shouldTakeWhatAPlanOfOneBoardTakes() {
    Plan one = plan(64, 1, SLOW);
    PassForecast expected = Rehearsal.typical(one, new Layout(one)).orElseThrow();
    Alone alone = Alone.of(plan(64, 2, SLOW, SLOW, SLOW)).orElseThrow();
    assertEquals(expected.nanos(), alone.pass().nanos());
    assertEquals(expected.energy(), alone.pass().energy());
  }

  @Test
  void shouldChooseTheFastestBoardOfAMixedFlock() {
    assertEquals(FAST, Alone.of(plan(64, 1, SLOW, FAST)).orElseThrow().board());
  }

  @Test
  void shouldLeaveOutBoardsThatDoNotHoldTheModel() {
    assertEquals(Optional.empty(), Alone.of(plan(512, 1, SLOW, SLOW)));
    assertTrue(Alone.of(plan(512, 1, SLOW, FAST)).isPresent());
  }

  @Test
  void shouldHaveNothingToCompareOneBoardWith() {
    assertEquals(Optional.empty(), Alone.of(plan(64, 1, SLOW)));
  }
}
