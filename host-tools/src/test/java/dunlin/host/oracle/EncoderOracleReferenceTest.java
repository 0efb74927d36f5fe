package dunlin.host.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.host.KwtReference;
import dunlin.host.features.FeatureFiles;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.Features;
import java.io.IOException;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The encoders' oracle against KWT-1's own program: all logits of four clips. */
class EncoderOracleReferenceTest {
  /** That program computes in floats; measured worst in these 48 logits: 8.8e-7. */
  private static final double FLOAT_ERROR = 1e-6;

  /** From coefficients that differ by 4.9e-5 at most; measured worst: 4.4e-6. */
  private static final double SOUND_ERROR = 5e-6;

  @ParameterizedTest
  @FieldSource("dunlin.host.KwtReference#CLIPS")
  void shouldReachTheLogitsOfKwt1(String clip) throws IOException {
    EncoderModel model = KwtReference.model();
    KwtReference reference = KwtReference.read(clip);
    double[] logits = new EncoderOracle(model).forward(reference.features());
    double worst = reference.worstError(logits);
    assertTrue(worst < FLOAT_ERROR, "worst error " + worst);
    assertEquals(reference.label(), model.config().labels().get(best(logits)));
  }

  @ParameterizedTest
  @FieldSource("dunlin.host.KwtReference#CLIPS")
  void shouldReachThemFromTheSound(String clip) throws IOException {
    EncoderModel model = KwtReference.model();
    KwtReference reference = KwtReference.read(clip);
    Features features = FeatureFiles.read(reference.wav(), model.config()).get(0);
    double worst = reference.worstError(new EncoderOracle(model).forward(features));
    assertTrue(worst < SOUND_ERROR, "worst error " + worst);
  }

  private static int best(double[] logits) {
    return IntStream.range(0, logits.length)
        .boxed()
        .max(Comparator.comparing(i -> logits[i]))
        .orElseThrow();
  }
}
