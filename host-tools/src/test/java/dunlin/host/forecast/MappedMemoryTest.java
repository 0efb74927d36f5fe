package dunlin.host.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.Performance;
import dunlin.host.compile.Layout;
import dunlin.host.model.LlamaConfig;
import dunlin.host.plan.Fetch;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.quantise.Outline;
import dunlin.host.quantise.QuantisedModel;
import org.junit.jupiter.api.Test;

/** A model whose weights lie in flash beside the chip, on one board. */
class MappedMemoryTest {
  private static final BoardType BOARD = BoardTypes.named("stm32h750b-dk");
  private static final Performance PACE = BOARD.performance();
  private static final QuantisedModel MODEL =
      Outline.of("model", new LlamaConfig(288, 768, 6, 6, 6, 48, 4_000, 64, 1e-5, 10_000), true);

  private static NodeForecast node(Fetch fetch) {
    Plan plan = Planner.plan(MODEL, BOARD, PlanOptions.DEFAULT.with(fetch));
    return Rehearsal.typical(plan, new Layout(plan)).orElseThrow().nodes().get(0);
  }

  @Test
  void shouldStallAtWorkWhereWeightsAreReadAsData() {
    NodeForecast node = node(Fetch.BLOCKS);
    long busy = node.computeNanos() + node.linkNanos() + node.offChipNanos();
    assertTrue(node.offChipNanos() > node.computeNanos());
    assertEquals(1e-6 * PACE.activeMilliwatts() * busy, node.energy().compute(), 1e-6);
    assertEquals(1e-6 * PACE.idleMilliwatts() * node.idleNanos(), node.energy().idle(), 1e-6);
  }

  @Test
  void shouldSleepWhileWeightsAreFetchedAhead() {
    NodeForecast node = node(Fetch.PARTS);
    long busy = node.computeNanos() + node.linkNanos();
    assertEquals(1e-6 * PACE.activeMilliwatts() * busy, node.energy().compute(), 1e-6);
    assertTrue(node.offChipNanos() < node(Fetch.BLOCKS).offChipNanos());
  }

  @Test
  void shouldReadEachByteOnceByEitherWay() {
    double blocks = node(Fetch.BLOCKS).energy().offChip();
    assertTrue(blocks > 0);
    assertTrue(node(Fetch.PARTS).energy().offChip() <= blocks);
  }
}
