package dunlin.host.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardType;
import dunlin.boards.BoardType.Weights;
import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import dunlin.host.SmallModels;
import dunlin.host.compile.Layout;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.host.plan.Planner;
import dunlin.host.quantise.QuantisedModel;
import dunlin.host.run.EmulatedFlock;
import dunlin.host.time.CoreCosts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands where a plan's time would. */
class UnknownTimeTest {
  private static final QuantisedModel MODEL = SmallModels.plan().model();
  private static final BoardType BOARD = BoardTypes.named("stm32f405");

  @TempDir private Path folder;

  @Test
  void shouldHaveNothingAgainstABoardWhoseCoreIsKnown() {
    assertEquals(Optional.empty(), why(Planner.plan(MODEL, BOARD, PlanOptions.DEFAULT)));
  }

  @Test
  void shouldNameOpAndCoreOfAMissingPrice() throws IOException {
    Plan plan = Planner.plan(MODEL, without("attend", "gate"), PlanOptions.DEFAULT);
    String core = folder.resolve("core.toml").toString();
    String why =
        "core "
            + core
            + " has no price for attend, gate: add it to the table of the core (docs/time.md)";
    assertEquals(Optional.of(why), why(plan));
    assertTrue(Rehearsal.typical(plan, new Layout(plan)).isEmpty());
  }

  /** An emulated flock would be faster than it is. */
  @Test
  void shouldRefuseToRunWhatHasNoPrice() throws IOException {
    Plan plan = Planner.plan(MODEL, without("attend"), PlanOptions.DEFAULT);
    Refusal refusal = assertThrows(Refusal.class, () -> new EmulatedFlock(plan));
    assertTrue(refusal.getMessage().contains("has no price for attend"), refusal.getMessage());
  }

  @Test
  void shouldNameABoardOfWhichNothingIsKnown() {
    BoardType emulated = BoardTypes.named("emulated");
    assertEquals(
        Optional.of(
            "of emulated it is not known how fast it is: choose a board with a [performance]"
                + " section"),
        why(Planner.plan(MODEL, emulated, PlanOptions.DEFAULT)));
  }

  @Test
  void shouldNameALayoutOfWeightsThatTheTableIsNotFor() {
    PlanOptions plain = new PlanOptions(0, 0, Weights.PLAIN, Inspection.NONE);
    assertEquals(
        Optional.of(
            "of plain weights on stm32f405 it is not known how fast they are: leave --weights out"),
        why(Planner.plan(MODEL, BOARD, plain)));
  }

  @Test
  void shouldNameAContextWithoutAMiddle() {
    Plan plan = Planner.plan(MODEL, BOARD, PlanOptions.DEFAULT.withContext(1));
    assertEquals(
        Optional.of("a context of 1 has no token half way: choose a larger --context"), why(plan));
  }

  private static Optional<String> why(Plan plan) {
    return UnknownTime.of(plan, new Layout(plan)).map(Refusal::getMessage);
  }

  /** The board with a table that lacks some ops. */
  private BoardType without(String... ops) throws IOException {
    String core = BOARD.performance().core() + ".toml";
    try (var in = CoreCosts.class.getResourceAsStream(core)) {
      String toml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String op : ops) {
        toml = toml.replace("[ops." + op + "]", "[ops.other-" + op + "]");
      }
      Path file = Files.writeString(folder.resolve("core.toml"), toml);
      return BOARD.with(BOARD.performance().withCore(file.toString()));
    }
  }
}
