package dunlin.host.run;

import dunlin.host.AnyEncoder;
import dunlin.host.AnyText;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.TokenSequence;
import dunlin.host.plan.Plan;
import dunlin.host.plan.Planner;
import dunlin.host.quantise.Fusing;
import dunlin.host.quantise.QuantisedEncoder;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What a plan says of the wires is what the wires count for an input, to the byte. */
class EncoderTrafficPropertyTest {
  @Provide
  Arbitrary<EncoderModel> models() {
    return AnyEncoder.models();
  }

  @Provide
  Arbitrary<List<SmallFlock>> flocks() {
    return SmallFlock.lists();
  }

  @Property(tries = 60)
  void shouldCountWhatTheWiresCarry(
      @ForAll("models") EncoderModel model, @ForAll("flocks") List<SmallFlock> flocks) {
    QuantisedEncoder quantised = AnyEncoder.quantise(model, Fusing.FASTER);
    byte[] input = FeatureInput.of(quantised, AnyEncoder.features(model.config(), 9));
    for (SmallFlock flock : flocks) {
      Plan plan =
          Planner.plan(
              quantised, flock.boards(quantised.config()), flock.options(quantised.config()));
      WireMeter.assertCounted(plan, List.of(input, input, input));
    }
  }

  @Provide
  Arbitrary<EncoderModel> textModels() {
    return AnyText.models();
  }

  @Property(tries = 60)
  void shouldCountWhatTheWiresCarryOfTexts(
      @ForAll("textModels") EncoderModel model, @ForAll("flocks") List<SmallFlock> flocks) {
    QuantisedEncoder quantised = AnyText.quantise(model);
    int most = quantised.config().context();
    List<TokenSequence> texts =
        IntStream.of(most, 1, (most + 1) / 2)
            .mapToObj(length -> AnyText.text(quantised.config(), length, length))
            .toList();
    for (SmallFlock flock : flocks) {
      Plan plan =
          Planner.plan(
              quantised, flock.boards(quantised.config()), flock.options(quantised.config()));
      WireMeter.assertTextsCounted(plan, texts);
    }
  }
}
