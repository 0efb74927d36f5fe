package dunlin.host.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dunlin.boards.BoardType;
import dunlin.boards.BoardType.Weights;
import dunlin.boards.BoardTypes;
import dunlin.host.AnyText;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.TokenSequence;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.quantise.QuantisedEncoder;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** A text encoder's logits are the same to the last bit however it lies on boards. */
class TextEqualityPropertyTest {
  private static final BoardType EMULATED = BoardTypes.named("emulated");

  /** A random encoder, and flocks that could run it. */
  record Case(EncoderModel model, List<SmallFlock> flocks) {}

  @Provide
  Arbitrary<Case> cases() {
    return Combinators.combine(AnyText.models(), SmallFlock.lists()).as(Case::new);
  }

  @Property(tries = 60)
  void shouldSayWhatOneBoardSays(
      @ForAll("cases") Case theCase, @ForAll @IntRange(min = 0, max = 100) int percent) {
    QuantisedEncoder quantised = AnyText.quantise(theCase.model());
    int length = 1 + (quantised.config().context() - 1) * percent / 100;
    TokenSequence text = AnyText.text(quantised.config(), length, 9);
    Plan alone = Planner.plan(quantised, EMULATED.with(Weights.PLAIN), PlanOptions.DEFAULT);
    int[] expected = logits(alone, text);
    for (SmallFlock flock : theCase.flocks()) {
      List<BoardType> boards = flock.boards(quantised.config());
      Plan plan = Planner.plan(quantised, boards, flock.options(quantised.config()));
      assertArrayEquals(expected, logits(plan, text), flock::toString);
    }
  }

  private static int[] logits(Plan plan, TokenSequence text) {
    Coordinator coordinator = new Coordinator(new EmulatedFlock(plan));
    Classifier classifier = new Classifier(coordinator, coordinator.hello());
    byte[] input = TokenInput.of((EncoderConfig) plan.model().config(), text, plan.context());
    return classifier.classify(input, text.tokens().length).logits();
  }
}
