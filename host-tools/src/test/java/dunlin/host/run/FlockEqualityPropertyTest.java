package dunlin.host.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dunlin.boards.BoardType;
import dunlin.boards.BoardType.Weights;
import dunlin.boards.BoardTypes;
import dunlin.host.model.LlamaConfig;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.host.quantise.QuantisedModel;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any number of boards says what one board says, to the last bit. */
class FlockEqualityPropertyTest {
  private static final BoardType EMULATED = BoardTypes.named("emulated");

  @Provide
  Arbitrary<FlockCase> cases() {
    return FlockCase.cases();
  }

  @Property(tries = 100)
  void shouldSayWhatOneBoardSays(@ForAll("cases") FlockCase flockCase) {
    QuantisedModel quantised = flockCase.quantised();
    LlamaConfig config = flockCase.config();
    int[] prompt = flockCase.prompt();
    Sampling sampling = flockCase.sampling();
    int context = config.context();
    PlanOptions alone = new PlanOptions(context, 1, Weights.PLAIN, Inspection.ALL_LOGITS);
    Transcript expected = Transcript.of(quantised, EMULATED, alone, prompt, sampling);
    for (SmallFlock flock : flockCase.flocks()) {
      PlanOptions options = flock.options(config);
      List<BoardType> boards = flock.boards(config);
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
