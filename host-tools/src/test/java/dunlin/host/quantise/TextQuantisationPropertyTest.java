package dunlin.host.quantise;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardTypes;
import dunlin.host.AnyText;
import dunlin.host.evaluate.Cosine;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.TokenSequence;
import dunlin.host.oracle.EncoderOracle;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.run.Classifier;
import dunlin.host.run.Coordinator;
import dunlin.host.run.EmulatedFlock;
import dunlin.host.run.TokenInput;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Text encoders in integers say what they say in floats. */
class TextQuantisationPropertyTest {
  @Provide
  Arbitrary<EncoderModel> models() {
    return AnyText.models();
  }

  @Property(tries = 60)
  void shouldAgreeWithTheOracle(@ForAll("models") EncoderModel model) {
    QuantisedEncoder quantised = AnyText.quantise(model);
    TokenSequence text = AnyText.text(model.config(), model.config().context(), 5);
    double[] exact = new EncoderOracle(model).forward(text);
    Plan plan = Planner.plan(quantised, BoardTypes.named("emulated"), PlanOptions.DEFAULT);
    Coordinator coordinator = new Coordinator(new EmulatedFlock(plan));
    int[] logits =
        new Classifier(coordinator, coordinator.hello())
            .classify(TokenInput.of(model.config(), text, plan.context()), text.tokens().length)
            .logits();
    double cosine = Cosine.of(exact, logits);
    assertTrue(cosine > 0.98, "cosine " + cosine);
  }
}
