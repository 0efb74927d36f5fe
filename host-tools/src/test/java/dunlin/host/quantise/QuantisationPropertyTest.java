package dunlin.host.quantise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.host.SmallModels;
import dunlin.host.SpoiltModel;
import dunlin.host.model.FloatModel;
import dunlin.host.model.RandomModel;
import dunlin.host.oracle.Oracle;
import dunlin.host.quantise.Equalisation.Equalised;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class QuantisationPropertyTest {
  /** Weights are floats, and so are equalised ones: 2^-24 relative for each of a sum's terms. */
  private static final double FLOAT_ROUNDING = 1e-3;

  @Provide
  Arbitrary<FloatModel> models() {
    return SmallModels.models();
  }

  @Property(tries = 50)
  void shouldGiveTheSameIntegersTwice(@ForAll("models") FloatModel model) {
    FloatModel again =
        RandomModel.of(
            model.config(),
            model.tied(),
            Long.parseLong(model.name().substring("random-".length())));
    assertEquals(SmallModels.quantise(model).hash(), SmallModels.quantise(again).hash());
  }

  @Property(tries = 50)
  void shouldHashWhatEntersABit(@ForAll("models") FloatModel model) {
    long hash = SmallModels.quantise(model).hash();
    for (SpoiltModel.Tensor tensor : SpoiltModel.Tensor.values()) {
      FloatModel other = SpoiltModel.from(model).scale(tensor, 1.7).model();
      assertNotEquals(hash, SmallModels.quantise(other).hash(), tensor.name());
    }
  }

  @Property(tries = 100)
  void shouldEqualiseWithoutChangingTheFunction(@ForAll("models") FloatModel model) {
    int[] text = SmallModels.text(model.config(), 1);
    Calibration calibration = Calibration.measure(model, List.of(text), tokens -> {});
    Equalised equalised = Equalisation.apply(model, calibration);
    Oracle before = new Oracle(model);
    Oracle after = new Oracle(equalised.model());
    double largest = 0;
    double worst = 0;
    for (int position = 0; position < text.length; position++) {
      double[] expected = before.forward(text[position], position);
      double[] actual = after.forward(text[position], position);
      for (int i = 0; i < expected.length; i++) {
        largest = Math.max(largest, Math.abs(expected[i]));
        worst = Math.max(worst, Math.abs(expected[i] - actual[i]));
      }
    }
    assertTrue(worst <= FLOAT_ROUNDING * largest, worst + " of " + largest);
  }

  @Property(tries = 50)
  void shouldForeseeWhatCalibrationOfTheEqualisedModelMeasures(@ForAll("models") FloatModel model) {
    List<int[]> texts = List.of(SmallModels.text(model.config(), 1));
    Equalised equalised =
        Equalisation.apply(model, Calibration.measure(model, texts, tokens -> {}));
    Calibration measured = Calibration.measure(equalised.model(), texts, tokens -> {});
    for (int layer = 0; layer < model.config().layers(); layer++) {
      Calibration.Block expected = equalised.calibration().blocks().get(layer);
      Calibration.Block actual = measured.blocks().get(layer);
      assertClose(expected.attentionNorm(), actual.attentionNorm());
      assertClose(expected.context(), actual.context());
      assertClose(expected.feedForwardNorm(), actual.feedForwardNorm());
      assertClose(expected.hidden(), actual.hidden());
    }
  }

  private static void assertClose(double[] expected, double[] actual) {
    double largest = 0;
    for (double value : expected) {
      largest = Math.max(largest, value);
    }
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], 1e-4 * largest);
    }
  }
}
