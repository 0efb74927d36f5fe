package dunlin.host.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.host.SmallModels;
import dunlin.host.flock.Progress;
import dunlin.host.model.FloatModel;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.host.plan.Planner;
import dunlin.host.quantise.QuantisedModel;
import dunlin.host.run.EmulatedFlock;
import dunlin.host.run.Sampling;
import dunlin.host.run.Transcript;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever a search chooses, no bit depends on it. */
class SearchPropertyTest {
  private static final List<BoardType> TYPES =
      List.of(BoardTypes.named("stm32f405"), BoardTypes.named("nucleo-l476rg"));
  private static final PlanOptions ASKED = new PlanOptions(0, 0, null, Inspection.ALL_LOGITS);
  private static final int[] PROMPT = {0};

  @Provide
  Arbitrary<FloatModel> models() {
    return SmallModels.models().filter(model -> model.config().context() > 1);
  }

  @Property(tries = 10)
  void shouldFindFlocksThatSayTheSame(
      @ForAll("models") FloatModel model, @ForAll @IntRange(min = 1, max = 6) int most) {
    QuantisedModel quantised = SmallModels.quantise(model);
    Transcript alone = transcript(Planner.plan(quantised, TYPES.get(0), ASKED));
    for (Objective objective : Objective.values()) {
      Supply supply = new Supply.Types(TYPES, most);
      Outcome found = Search.best(quantised, supply, ASKED, objective, Progress.NONE);
      assertSame(alone, transcript(found.best()));
      Candidate last = found.tried().get(found.tried().size() - 1).flock();
      assertSame(alone, transcript(Planner.plan(quantised, last.boards(), last.on(ASKED))));
    }
  }

  private static void assertSame(Transcript expected, Transcript actual) {
    assertArrayEquals(expected.tokens(), actual.tokens());
    assertEquals(expected.logits().keySet(), actual.logits().keySet());
    expected.logits().forEach((at, row) -> assertArrayEquals(row, actual.logits().get(at)));
  }

  private static Transcript transcript(Plan plan) {
    int steps = plan.context() - PROMPT.length;
    return Transcript.of(new EmulatedFlock(plan), PROMPT, steps, Sampling.GREEDY);
  }
}
