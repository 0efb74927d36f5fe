package dunlin.host.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import dunlin.host.SmallModels;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.QuantisedModel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said to fit does, and a little more does not. */
class RemediesTest {
  private static final BoardType STM32F405 = BoardTypes.named("stm32f405");
  private static final BoardType NUCLEO = BoardTypes.named("nucleo-l476rg");
  private static final QuantisedModel MODEL = model(32, 600, 1000);

  @Test
  void shouldNameTheLargestContextAndTheFewestNodes() {
    Plan plan = Planner.plan(MODEL, NUCLEO, options(0).nodes(2, Topology.CHAIN));
    Remedies remedies = new Layout(plan).remedies().orElseThrow();
    assertEquals(plan.chunk(), remedies.chunk());
    assertTrue(fits(plan.with(remedies.context(), plan.chunk())));
    assertTrue(!fits(plan.with(remedies.context() + 1, plan.chunk())));
    assertTrue(fits(Planner.onNodes(plan, remedies.nodes())));
    assertTrue(!fits(Planner.onNodes(plan, remedies.nodes() - 1)));
    Refusal refusal = assertThrows(Refusal.class, () -> Compiler.compile(plan));
    assertTrue(
        refusal
            .getMessage()
            .endsWith(
                ": --context %d would fit, so would --nodes %d in equal parts"
                    .formatted(remedies.context(), remedies.nodes())),
        refusal.getMessage());
  }

  @Test
  void shouldNameASmallerChunkWhereNoContextFitsThePlans() {
    Plan plan = Planner.plan(model(32, 2000, 100), STM32F405, options(16));
    Remedies remedies = new Layout(plan).remedies().orElseThrow();
    assertEquals(1, remedies.chunk());
    assertTrue(fits(plan.with(remedies.context(), 1)));
  }

  @Test
  void shouldNameAsManyNodesInEqualPartsWhereASplitIsLopsided() {
    PlanOptions options = options(0).split(List.of(90.0, 1.0), Topology.TREE);
    Plan plan = Planner.plan(model(32, 60, 900), STM32F405, options);
    Remedies remedies = new Layout(plan).remedies().orElseThrow();
    assertEquals(2, remedies.nodes());
    assertTrue(fits(Planner.onNodes(plan, 2)));
  }

  @Test
  void shouldSayThatNothingFits() {
    Plan plan = Planner.plan(model(4000, 8, 16), STM32F405, options(0));
    Refusal refusal = assertThrows(Refusal.class, () -> Compiler.compile(plan));
    assertTrue(
        refusal
            .getMessage()
            .endsWith(": no context fits, nor do up to 256 nodes: choose a larger --board"),
        refusal.getMessage());
  }

  @Test
  void shouldNotCountBoardsOfSeveralTypes() {
    Plan plan =
        Planner.plan(MODEL, List.of(STM32F405, NUCLEO), options(0).nodes(2, Topology.CHAIN));
    assertEquals(0, new Layout(plan).remedies().orElseThrow().nodes());
  }

  private static QuantisedModel model(int dim, int hidden, int context) {
    LlamaConfig config = new LlamaConfig(dim, hidden, 3, 8, 4, 8, 40, context, 1e-5, 10_000);
    return SmallModels.quantise(RandomModel.of(config, true, 1), List.of(new int[] {1, 2, 3}));
  }

  private static PlanOptions options(int chunk) {
    return new PlanOptions(0, chunk, null, Inspection.NONE);
  }

  private static boolean fits(Plan plan) {
    return new Layout(plan).remedies().isEmpty();
  }
}
