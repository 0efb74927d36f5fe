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
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any number of boards says what one board says, to the last bit. */
class FlockEqualityPropertyTest {
  private static final BoardType EMULATED = BoardTypes.named("emulated");

  @Provide
  Arbitrary<FloatModel> models() {
    return SmallModels.models();
  }

  @Provide
  Arbitrary<List<SmallFlock>> flocks() {
    return SmallFlock.lists();
  }

  @Provide
  Arbitrary<Sampling> samplings() {
    return Arbitraries.of(
        Sampling.GREEDY, Sampling.of(1, 0, 5), Sampling.of(0.7, 1, -1), Sampling.of(3, 50, 9));
  }

  @Property(tries = 100)
  void shouldSayWhatOneBoardSays(
      @ForAll("models") FloatModel model,
      @ForAll("flocks") List<SmallFlock> flocks,
      @ForAll("samplings") Sampling wanted) {
    QuantisedModel quantised = SmallModels.quantise(model);
    int context = model.config().context();
    int topK = Math.min(wanted.topK(), model.config().vocabulary());
    Sampling sampling = new Sampling(wanted.temperature(), topK, wanted.seed());
    int[] prompt = Arrays.copyOf(SmallModels.text(model.config(), 3), (context + 1) / 2);
    PlanOptions alone = new PlanOptions(context, 1, Weights.PLAIN, Inspection.ALL_LOGITS);
    Transcript expected = Transcript.of(quantised, EMULATED, alone, prompt, sampling);
    for (SmallFlock flock : flocks) {
      PlanOptions options = flock.options(model.config());
      List<BoardType> boards = flock.boards(model.config());
      Transcript actual = Transcript.of(quantised, boards, options, prompt, sampling);
      assertArrayEquals(expected.tokens(), actual.tokens(), flock::toString);
      actual
          .logits()
          .forEach((at, row) -> assertArrayEquals(expected.logits().get(at), row, flock::toString));
      if (flock.inspection() == Inspection.ALL_LOGITS) {
        assertEquals(context, actual.logits().size());
      }
    }
  }
}
