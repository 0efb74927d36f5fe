package dunlin.host.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.Misuse;
import dunlin.boards.Refusal;
import dunlin.host.compile.Layout;
import dunlin.host.flock.Progress;
import dunlin.host.forecast.PassForecast;
import dunlin.host.forecast.Rehearsal;
import dunlin.host.model.LlamaConfig;
import dunlin.host.plan.Fetch;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.Member;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Schedule;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.Outline;
import dunlin.host.quantise.QuantisedModel;
import dunlin.host.search.Objective.Score;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SearchTest {
  private static final BoardType BOARD = BoardTypes.named("stm32f405");
  private static final BoardType FAST = BoardTypes.named("nucleo-h743zi2");
  private static final QuantisedModel MODEL = model(64, 512);

  private static QuantisedModel model(int dim, int context) {
    return Outline.of(
        "model", new LlamaConfig(dim, 172, 5, 8, 4, dim / 8, 512, context, 1e-5, 10_000), true);
  }

  @ParameterizedTest
  @EnumSource
  void shouldPutFirstWhatIsBest(Objective objective) {
    Outcome found = Search.best(MODEL, BOARD, PlanOptions.DEFAULT, objective, 8, Progress.NONE);
    Comparator<Outcome.Tried> order = Comparator.comparing(Outcome.Tried::score, objective.order());
    assertEquals(found.tried().stream().sorted(order).toList(), found.tried());
    assertTrue(found.tried().size() > 1);
    assertTrue(new Layout(found.best()).fits());
    assertEquals(found.tried().get(0).flock().nodes(), found.best().members().size());
  }

  @ParameterizedTest
  @EnumSource
  void shouldTakeWhatItSaysAndNoMoreThanAnythingItTried(Objective objective) {
    Outcome found = Search.best(MODEL, BOARD, PlanOptions.DEFAULT, objective, 12, Progress.NONE);
    Plan best = found.best();
    PassForecast pass = Rehearsal.typical(best, new Layout(best)).orElseThrow();
    Score score = new Score(best.members().size(), pass.nanos(), pass.microjoules());
    assertEquals(score, found.tried().get(0).score());
    for (Outcome.Tried tried : found.tried()) {
      assertTrue(objective.order().compare(score, tried.score()) <= 0, tried::toString);
    }
  }

  @Test
  void shouldTryOtherSchedulesAndTreesThanTheUsual() {
    Outcome found =
        Search.best(MODEL, BOARD, PlanOptions.DEFAULT, Objective.LATENCY, 12, Progress.NONE);
    Set<Schedule> schedules = new HashSet<>();
    Set<Topology> topologies = new HashSet<>();
    for (Outcome.Tried tried : found.tried()) {
      schedules.add(tried.flock().schedule());
      topologies.add(tried.flock().topology());
    }
    assertEquals(Set.of(Schedule.values()), schedules);
    assertTrue(topologies.contains(Topology.TREE_2), topologies::toString);
  }

  @Test
  void shouldReadPromptsInTheChunksThatTakeLeast() {
    Outcome found =
        Search.best(MODEL, BOARD, PlanOptions.DEFAULT, Objective.LATENCY, 4, Progress.NONE);
    List<Outcome.Chunk> chunks = found.chunks();
    assertEquals(8, chunks.get(0).rows());
    assertTrue(chunks.size() > 1);
    Outcome.Chunk least =
        chunks.stream().min(Comparator.comparing(Outcome.Chunk::nanos)).orElseThrow();
    assertEquals(least.rows(), found.best().chunk());
    assertTrue(chunks.get(1).ramBytes() > chunks.get(0).ramBytes());
  }

  @Test
  void shouldLeaveAChunkThatIsAskedFor() {
    PlanOptions asked = PlanOptions.DEFAULT.withChunk(3);
    Outcome found = Search.best(MODEL, BOARD, asked, Objective.LATENCY, 4, Progress.NONE);
    assertEquals(3, found.best().chunk());
    assertEquals(1, found.chunks().size());
  }

  @Test
  void shouldBeginWithSmallerChunksWhereRamIsShort() {
    BoardType small = withRam(56_000);
    PlanOptions asked = PlanOptions.DEFAULT.withContext(200);
    Outcome found = Search.best(MODEL, small, asked, Objective.BOARDS, 8, Progress.NONE);
    assertTrue(found.best().chunk() < 8, () -> "chunk " + found.best().chunk());
    assertTrue(new Layout(found.best()).fits());
  }

  private static BoardType withRam(int bytes) {
    return BOARD.withFirmwareRam(BOARD.ram().get(0).bytes() - bytes);
  }

  @Test
  void shouldChooseTheFasterOfTwoTypes() {
    Supply supply = new Supply.Types(List.of(BOARD, FAST), 4);
    Outcome found =
        Search.best(MODEL, supply, PlanOptions.DEFAULT, Objective.LATENCY, Progress.NONE);
    assertEquals(FAST, found.best().members().get(0).board());
    String options = found.options(found.tried().get(0).flock());
    assertTrue(options.startsWith("--board nucleo-h743zi2"), options);
  }

  @Test
  void shouldShareAModelAsBoardsThatAreWiredAreFast() {
    List<BoardType> boards = List.of(BOARD, FAST, BOARD);
    Supply supply = new Supply.Wired(boards, Topology.CHAIN, LinkKind.SPI, 1);
    PlanOptions asked = PlanOptions.DEFAULT.withContext(256);
    Outcome found = Search.best(MODEL, supply, asked, Objective.LATENCY, Progress.NONE);
    Plan plan = found.best();
    assertEquals(boards, plan.members().stream().map(Member::board).toList());
    assertEquals(Topology.CHAIN, plan.topology());
    assertEquals(LinkKind.SPI, plan.link());
    assertTrue(new Layout(plan).fits());
    int fast = plan.members().get(1).shard().hidden().count();
    assertTrue(fast > plan.members().get(2).shard().hidden().count());
    String options = found.options(found.tried().get(0).flock());
    assertTrue(options.startsWith("--split "), options);
  }

  @Test
  void shouldTryBothWaysToFetchWhereWeightsAreOffTheChip() {
    BoardType chip = BoardTypes.named("stm32h750b-dk");
    PlanOptions asked = PlanOptions.DEFAULT.withContext(256);
    QuantisedModel large = model(512, 256);
    Outcome found = Search.best(large, chip, asked, Objective.LATENCY, 1, Progress.NONE);
    assertEquals(
        Set.of(Fetch.values()),
        found.tried().stream().map(tried -> tried.flock().fetch()).collect(Collectors.toSet()));
    assertEquals(Fetch.PARTS, found.best().fetch(), "two blocks do not fit");
  }

  @Test
  void shouldPlanWhatItsOptionsSay() {
    Outcome found =
        Search.best(MODEL, BOARD, PlanOptions.DEFAULT, Objective.LATENCY, 12, Progress.NONE);
    Candidate best = found.tried().get(0).flock();
    Plan again = Planner.plan(MODEL, best.boards(), best.on(PlanOptions.DEFAULT));
    assertEquals(again.hash(), found.best().hash());
    String options = found.options(best);
    assertTrue(options.contains("--topology " + best.topology()), options);
    assertEquals(best.schedule() != Schedule.FLOWING, options.contains("--schedule"), options);
    assertEquals(best.chunk() != 8, options.contains("--chunk " + best.chunk()), options);
  }

  @Test
  void shouldFindTheFewestBoardsAndSayWhatSpeaksAgainstFewer() {
    Outcome found =
        Search.best(MODEL, BOARD, PlanOptions.DEFAULT, Objective.BOARDS, 8, Progress.NONE);
    assertEquals(2, found.best().members().size());
    Outcome.Rejected one = found.rejected().get(0);
    assertEquals(1, one.flock().nodes());
    assertTrue(one.why().contains("bytes of SRAM"), one.why());
  }

  @Test
  void shouldChooseOneBoardWhereThatIsFastest() {
    Outcome found =
        Search.best(model(16, 64), BOARD, PlanOptions.DEFAULT, Objective.LATENCY, 4, Progress.NONE);
    assertEquals(1, found.best().members().size());
    assertEquals("--nodes 1", found.options(found.tried().get(0).flock()));
  }

  @Test
  void shouldRefuseAModelThatSoManyBoardsDoNotHold() {
    Refusal refusal =
        assertThrows(
            Refusal.class,
            () ->
                Search.best(
                    model(1024, 512),
                    BOARD,
                    PlanOptions.DEFAULT,
                    Objective.ENERGY,
                    2,
                    Progress.NONE));
    assertEquals("model does not fit 2 × stm32f405", refusal.what());
  }

  @Test
  void shouldWireBoardsBySpiThatHaveNoUartToSpare() {
    BoardType board =
        new BoardType(
            BOARD.name(),
            BOARD.description(),
            BOARD.weights(),
            BOARD.imageBytes(),
            BOARD.ram(),
            new BoardType.Uarts(1, 115_200, 816, 32),
            BOARD.spi(),
            BOARD.flash(),
            null,
            BOARD.performance());
    Outcome found =
        Search.best(MODEL, board, PlanOptions.DEFAULT, Objective.BOARDS, 4, Progress.NONE);
    assertEquals(2, found.best().members().size());
    assertEquals(LinkKind.SPI, found.best().link());
  }

  @Test
  void shouldRefuseWeightsOfUnknownPace() {
    PlanOptions plain = new PlanOptions(0, 0, BoardType.Weights.PLAIN, Inspection.NONE);
    assertThrows(
        Misuse.class, () -> Search.best(MODEL, BOARD, plain, Objective.LATENCY, 2, Progress.NONE));
  }

  @Test
  void shouldRefuseABoardOfUnknownPace() {
    BoardType emulated = BoardTypes.named("emulated");
    assertThrows(
        Misuse.class,
        () ->
            Search.best(MODEL, emulated, PlanOptions.DEFAULT, Objective.LATENCY, 2, Progress.NONE));
  }
}
