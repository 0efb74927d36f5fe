package dunlin.host.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.host.KwtReference;
import dunlin.host.model.Features;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The front end against KWT-1's own program: all coefficients of four clips. */
class MfccReferenceTest {
  /** That program computes in floats; measured worst in these 15,680 coefficients: 4.9e-5. */
  private static final double FLOAT_ERROR = 5e-5;

  @ParameterizedTest
  @FieldSource("dunlin.host.KwtReference#CLIPS")
  void shouldMakeTheFeaturesOfKwt1(String clip) throws IOException {
    KwtReference reference = KwtReference.read(clip);
    List<Features> features = FeatureFiles.read(reference.wav(), KwtReference.model().config());
    assertEquals(1, features.size());
    assertEquals(clip + "_1000ms.wav", features.get(0).name());
    double worst = reference.worstError(features.get(0));
    assertTrue(worst < FLOAT_ERROR, "worst error " + worst);
  }
}
