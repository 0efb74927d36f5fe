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
import dunlin.host.model.LlamaConfig;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.host.quantise.Outline;
import dunlin.host.quantise.QuantisedModel;
import java.util.Comparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SearchTest {
  private static final BoardType BOARD = BoardTypes.named("stm32f405");
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
