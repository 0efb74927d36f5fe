package dunlin.host.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dunlin.boards.BoardType;
import dunlin.boards.BoardType.Weights;
import dunlin.boards.BoardTypes;
import dunlin.host.SmallModels;
import dunlin.host.model.FloatModel;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.host.quantise.QuantisedModel;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What the planner chooses changes no bit of any logit, and no token. */
class BitEqualityPropertyTest {
  private static final BoardType EMULATED = BoardTypes.named("emulated");
  private static final int PLENTY = 1 << 24;

  /** Choices of a planner; context and chunk are cut to what the model has. */
  record Choice(
      Weights weights, int chunk, int context, Inspection inspection, List<Integer> smallRegions) {

    PlanOptions options(int leastContext, int mostContext) {
      int positions = Math.max(leastContext, Math.min(context, mostContext));
      return new PlanOptions(positions, Math.min(chunk, positions), weights, inspection);
    }

    BoardType board() {
      List<BoardType.Region> ram =
          Stream.concat(smallRegions.stream(), Stream.of(PLENTY))
              .map(bytes -> new BoardType.Region("RAM", bytes))
              .toList();
      return new BoardType(
          "test",
          "emulated board with several regions",
          weights,
          EMULATED.imageBytes(),
          ram,
          EMULATED.uart(),
          EMULATED.spi(),
          EMULATED.flash());
    }
  }

  @Provide
  Arbitrary<FloatModel> models() {
    return SmallModels.models();
  }

  @Provide
  Arbitrary<List<Choice>> choices() {
    return Combinators.combine(
            Arbitraries.of(Weights.class),
            Arbitraries.of(1, 2, 3, 4, 7, 16, 31),
            Arbitraries.integers().between(1, 40),
            Arbitraries.of(Inspection.class),
            Arbitraries.of(0, 4, 60, 400, 1001, 5000).list().ofMaxSize(3))
        .as(Choice::new)
        .list()
        .ofSize(6);
  }

  @Provide
  Arbitrary<Sampling> samplings() {
    return Arbitraries.of(
        Sampling.GREEDY,
        Sampling.of(1, 0, 5),
        Sampling.of(0.7, 1, -1),
        Sampling.of(200, 0, Long.MIN_VALUE));
  }

  @Property(tries = 150)
  void shouldGiveTheSameBitsForAnyPlan(
      @ForAll("models") FloatModel model,
      @ForAll("choices") List<Choice> choices,
      @ForAll("samplings") Sampling sampling) {
    QuantisedModel quantised = SmallModels.quantise(model);
    int context = model.config().context();
    int[] prompt = Arrays.copyOf(SmallModels.text(model.config(), 3), (context + 1) / 2);
    PlanOptions plain = new PlanOptions(context, 1, Weights.PLAIN, Inspection.ALL_LOGITS);
    Transcript expected = Transcript.of(quantised, EMULATED, plain, prompt, sampling);
    assertEquals(context, expected.logits().size());

    for (Choice choice : choices) {
      PlanOptions options = choice.options(prompt.length, context);
      Transcript actual = Transcript.of(quantised, choice.board(), options, prompt, sampling);
      int picked = options.context() - prompt.length;
      assertArrayEquals(Arrays.copyOf(expected.tokens(), picked), actual.tokens());
      actual
          .logits()
          .forEach(
              (at, row) -> assertArrayEquals(expected.logits().get(at), row, choice::toString));
      if (choice.inspection() != Inspection.NONE) {
        assertEquals(options.context(), actual.logits().size());
      }
    }
  }
}
