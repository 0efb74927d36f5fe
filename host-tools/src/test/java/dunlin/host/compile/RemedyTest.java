package dunlin.host.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import dunlin.host.AnyText;
import dunlin.host.SmallModels;
import dunlin.host.flock.ImportedEncoder;
import dunlin.host.flock.Progress;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.Bottleneck;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.EncoderConfig.Words;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.Nonlinearity;
import dunlin.host.model.RandomEncoder;
import dunlin.host.model.RandomModel;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.Fusing;
import dunlin.host.quantise.QuantisedModel;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said to fit does, and a little more does not. */
class RemedyTest {
  private static final BoardType STM32F405 = BoardTypes.named("stm32f405");
  private static final BoardType NUCLEO = BoardTypes.named("nucleo-l476rg");
  private static final BoardType MANY_PORTS = BoardTypes.named("nucleo-h743zi2");
  private static final QuantisedModel MODEL = model(32, 600, 1000);

  @Test
  void shouldNameTheLargestContextAndTheFewestNodes() {
    Plan plan = Planner.plan(MODEL, NUCLEO, options(0).nodes(2, Topology.CHAIN));
    List<Remedy> remedies = new Layout(plan).remedies();
    int context = remedies.get(0).context();
    int nodes = remedies.get(1).nodes();
    assertEquals(
        List.of(
            new Remedy(2, 1, false, context, plan.chunk()),
            new Remedy(nodes, 1, true, plan.context(), plan.chunk())),
        remedies);
    assertTrue(fits(plan.with(context, plan.chunk())));
    assertTrue(!fits(plan.with(context + 1, plan.chunk())));
    assertTrue(fits(Planner.onNodes(plan, nodes)));
    assertTrue(!fits(Planner.onNodes(plan, nodes - 1)));
    assertRemedy(
        "--context %d would fit, so would --nodes %d in equal parts".formatted(context, nodes),
        plan);
  }

  @Test
  void shouldNameASmallerChunkWhereNoContextFitsThePlans() {
    Plan plan = Planner.plan(model(32, 2000, 100), STM32F405, options(16));
    Remedy remedy = new Layout(plan).remedies().get(0);
    assertEquals(1, remedy.chunk());
    assertTrue(fits(plan.with(remedy.context(), 1)));
  }

  @Test
  void shouldNameAsManyNodesInEqualPartsWhereASplitIsLopsided() {
    PlanOptions options = options(0).split(List.of(90.0, 1.0), Topology.TREE);
    Plan plan = Planner.plan(model(32, 60, 900), STM32F405, options);
    assertEquals(
        new Remedy(2, 1, true, plan.context(), plan.chunk()), new Layout(plan).remedies().get(1));
    assertTrue(fits(Planner.onNodes(plan, 2)));
  }

  @Test
  void shouldNameNodesAndContextWhereNeitherAloneFits() {
    Plan plan = Planner.plan(model(32, 4000, 4000), STM32F405, options(0));
    Remedy remedy = new Layout(plan).remedies().get(0);
    assertTrue(remedy.nodes() > 1 && remedy.context() < 4000, remedy::toString);
    Plan smaller = plan.with(remedy.context(), remedy.chunk());
    assertTrue(fits(Planner.onNodes(smaller, remedy.nodes())));
    assertTrue(!fits(Planner.onNodes(smaller, remedy.nodes() - 1)));
    assertRemedy(
        "--context %d --chunk %d --nodes %d in equal parts would fit"
            .formatted(remedy.context(), remedy.chunk(), remedy.nodes()),
        plan);
  }

  @Test
  void shouldNameStagesWhereTheyTakeFewerNodes() {
    Plan plan = Planner.plan(model(32, 60, 14_000), MANY_PORTS, options(0));
    List<Remedy> remedies = new Layout(plan).remedies();
    Remedy staged = remedies.get(remedies.size() - 1);
    assertTrue(staged.stages() > 1, remedies::toString);
    assertTrue(fits(Planner.onNodes(plan, staged.nodes(), staged.stages())));
    for (Remedy other : remedies) {
      assertTrue(
          other.stages() == staged.stages() || !other.equal() || other.nodes() > staged.nodes());
    }
    assertTrue(new Layout(plan).refusal().orElseThrow().getMessage().contains(" --stages "));
  }

  /** An encoder reads all of a text in one pass, so it has no chunk to choose. */
  @Test
  void shouldNameTheLongestTextOfAnEncoderAndTheBoardsThatHoldMore() {
    Plan plan = Planner.plan(text(160), STM32F405, PlanOptions.DEFAULT);
    List<Remedy> remedies = new Layout(plan).remedies();
    int context = remedies.get(0).context();
    assertEquals(List.of(new Remedy(1, 1, false, context, context)), remedies);
    PlanOptions shorter = PlanOptions.DEFAULT.withContext(context);
    assertTrue(fits(Planner.plan(plan.model(), STM32F405, shorter)));
    assertTrue(!fits(plan.with(context + 1, context + 1)));
    assertRemedy(
        "--context %d would fit; 160 tokens take 163,840 bytes of RAM in one piece at the root, of"
                .formatted(context)
            + " however many nodes: choose a --board that has them, as do ",
        plan);
    assertTrue(message(plan).contains("nucleo-h743zi2"), message(plan));
    assertTrue(!message(plan).contains("nucleo-l476rg"), message(plan));
  }

  @Test
  void shouldNameNodesForAnEncoderWhoseStreamHasRoom() {
    Plan plan = Planner.plan(text(64), small(70_000), PlanOptions.DEFAULT);
    List<Remedy> remedies = new Layout(plan).remedies();
    assertTrue(remedies.stream().anyMatch(Remedy::equal), remedies::toString);
    assertTrue(message(plan).endsWith("; plan --nodes auto finds the best"), message(plan));
  }

  @Test
  void shouldNameNodesAndAShorterTextWhereNeitherAloneFits() {
    Plan plan = Planner.plan(text(160), small(50_000), PlanOptions.DEFAULT);
    List<Remedy> remedies = new Layout(plan).remedies();
    assertEquals(1, remedies.size(), remedies::toString);
    Remedy remedy = remedies.get(0);
    assertTrue(remedy.nodes() > 1 && remedy.context() > 16, remedies::toString);
    Plan shorter = plan.with(remedy.context(), remedy.context());
    assertTrue(fits(Planner.onNodes(shorter, remedy.nodes(), remedy.stages())));
    Plan longer = plan.with(remedy.context() + 1, remedy.context() + 1);
    assertTrue(!fits(Planner.onNodes(longer, remedy.nodes(), remedy.stages())));
  }

  @Test
  void shouldNotShortenWhatAnEncoderOfFeaturesReads() {
    QuantisedModel model =
        ImportedEncoder.read("eegformer").quantised(null, Fusing.NEVER, Progress.NONE);
    Plan plan = Planner.plan(model, small(20_000), PlanOptions.DEFAULT);
    List<Remedy> remedies = new Layout(plan).remedies();
    assertTrue(
        remedies.stream().allMatch(remedy -> remedy.context() == plan.context()),
        remedies::toString);
  }

  /** An STM32F405 with so much flash for its image. */
  private static BoardType small(int imageBytes) {
    return new BoardType(
        "small",
        STM32F405.description(),
        STM32F405.weights(),
        imageBytes,
        STM32F405.ram(),
        STM32F405.uart(),
        STM32F405.spi(),
        STM32F405.flash(),
        null,
        STM32F405.performance());
  }

  /** 256 channels. */
  private static QuantisedModel text(int positions) {
    EncoderConfig config =
        EncoderConfig.ofText(
            positions,
            new Words(50, 16, true, 2),
            256,
            32,
            2,
            2,
            8,
            Optional.of(new Bottleneck(16, 2)),
            Nonlinearity.RELU,
            Pooling.EVERY_TOKEN,
            1e-12,
            List.of("start", "end"));
    return AnyText.quantise(RandomEncoder.of("text", config, 1));
  }

  private static String message(Plan plan) {
    return new Layout(plan).refusal().orElseThrow().getMessage();
  }

  @Test
  void shouldSayThatNothingFits() {
    Plan plan = Planner.plan(model(12_000, 8, 16), STM32F405, options(0));
    assertRemedy("nothing smaller fits, on up to 256 nodes: choose a larger --board", plan);
  }

  @Test
  void shouldNotCountBoardsOfSeveralTypes() {
    Plan plan =
        Planner.plan(MODEL, List.of(STM32F405, NUCLEO), options(0).nodes(2, Topology.CHAIN));
    assertTrue(new Layout(plan).remedies().stream().noneMatch(Remedy::equal));
  }

  private static void assertRemedy(String expected, Plan plan) {
    Refusal refusal = assertThrows(Refusal.class, () -> Compiler.compile(plan));
    assertTrue(refusal.getMessage().contains("): " + expected), refusal.getMessage());
  }

  private static QuantisedModel model(int dim, int hidden, int context) {
    LlamaConfig config = new LlamaConfig(dim, hidden, 3, 8, 4, 8, 40, context, 1e-5, 10_000);
    return SmallModels.quantise(RandomModel.of(config, true, 1), List.of(new int[] {1, 2, 3}));
  }

  private static PlanOptions options(int chunk) {
    return new PlanOptions(0, chunk, null, Inspection.NONE);
  }

  private static boolean fits(Plan plan) {
    return new Layout(plan).fits();
  }
}
