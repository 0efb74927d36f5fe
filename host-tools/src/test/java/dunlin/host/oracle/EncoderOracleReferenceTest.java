package dunlin.host.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.host.KwtReference;
import dunlin.host.SharedModels;
import dunlin.host.checkpoint.Encoders;
import dunlin.host.model.EncoderModel;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The encoders' oracle against KWT-1's own program: all logits of four clips. */
class EncoderOracleReferenceTest {
  /** That program computes in floats; measured worst in these 48 logits: 8.8e-7. */
  private static final double FLOAT_ERROR = 1e-6;

  @ParameterizedTest
  @FieldSource("dunlin.host.KwtReference#CLIPS")
  void shouldReachTheLogitsOfKwt1(String clip) throws IOException {
    Path folder = SharedModels.require("kwt1");
    EncoderModel model = Encoders.read(folder);
    KwtReference reference = KwtReference.read(folder, clip);
    double[] logits = new EncoderOracle(model).forward(reference.features());
    double worst = 0;
    int best = 0;
    for (int i = 0; i < logits.length; i++) {
      worst = Math.max(worst, Math.abs(logits[i] - reference.logits()[i]));
      best = logits[i] > logits[best] ? i : best;
    }
    assertEquals(reference.label(), model.config().labels().get(best));
    assertTrue(worst < FLOAT_ERROR, "worst error " + worst);
  }
}
