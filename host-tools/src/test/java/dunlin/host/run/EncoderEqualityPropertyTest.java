package dunlin.host.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dunlin.boards.BoardType;
import dunlin.boards.BoardType.Weights;
import dunlin.boards.BoardTypes;
import dunlin.host.AnyEncoder;
import dunlin.host.compile.Footprint;
import dunlin.host.compile.Layout;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.Features;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.quantise.Fusing;
import dunlin.host.quantise.QuantisedEncoder;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** An encoder's logits are the same to the last bit however it lies on boards. */
class EncoderEqualityPropertyTest {
  private static final BoardType EMULATED = BoardTypes.named("emulated");

  /** A random encoder, and flocks that could run it. */
  record Case(EncoderModel model, Fusing fusing, List<SmallFlock> flocks) {}

  @Provide
  Arbitrary<Case> cases() {
    return Combinators.combine(
            AnyEncoder.models(), Arbitraries.of(Fusing.class), SmallFlock.lists())
        .as(Case::new);
  }

  @Property(tries = 60)
  void shouldSayWhatOneBoardSays(@ForAll("cases") Case theCase) {
    QuantisedEncoder quantised = AnyEncoder.quantise(theCase.model(), theCase.fusing());
    Features features = AnyEncoder.features(quantised.config(), 9);
    Plan alone = Planner.plan(quantised, EMULATED.with(Weights.PLAIN), PlanOptions.DEFAULT);
    PassResult expected = classify(alone, features);
    for (SmallFlock flock : theCase.flocks()) {
      List<BoardType> boards = flock.boards(quantised.config());
      Plan plan = Planner.plan(quantised, boards, flock.options(quantised.config()));
      PassResult actual = classify(plan, features);
      assertEquals(expected.token(), actual.token(), flock::toString);
      assertArrayEquals(expected.logits(), actual.logits(), flock::toString);
    }
  }

  @Property(tries = 60)
  void shouldSayTheSameWithTheSmallestTiles(
      @ForAll("cases") Case theCase, @ForAll Weights weights) {
    QuantisedEncoder quantised = AnyEncoder.quantise(theCase.model(), theCase.fusing());
    Features features = AnyEncoder.features(quantised.config(), 9);
    Plan roomy = Planner.plan(quantised, EMULATED.with(weights), PlanOptions.DEFAULT);
    BoardType none = EMULATED.withFirmwareRam(EMULATED.ram().get(0).bytes() - 4);
    long least = ram(Planner.plan(quantised, none.with(weights), PlanOptions.DEFAULT));
    BoardType tight = EMULATED.withFirmwareRam((int) (EMULATED.ram().get(0).bytes() - least - 4));
    Plan tiled = Planner.plan(quantised, tight.with(weights), PlanOptions.DEFAULT);
    assertArrayEquals(classify(roomy, features).logits(), classify(tiled, features).logits());
  }

  private static long ram(Plan plan) {
    Footprint.Ram ram = Layout.withoutRemedies(plan).footprints().get(0).ram().get(0);
    return ram.bytes();
  }

  private static PassResult classify(Plan plan, Features features) {
    Coordinator coordinator = new Coordinator(new EmulatedFlock(plan));
    Classifier classifier = new Classifier(coordinator, coordinator.hello());
    return classifier.classify(FeatureInput.of((QuantisedEncoder) plan.model(), features));
  }
}
