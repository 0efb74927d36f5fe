package dunlin.host.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.host.KwtReference;
import dunlin.host.model.EncoderModel;
import java.io.IOException;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The encoders' oracle against KWT-1's own program: all logits of four clips. */
class EncoderOracleReferenceTest {
  /** That program computes in floats; measured worst in these 48 logits: 8.8e-7. */
  private static final double FLOAT_ERROR = 1e-6;

  @ParameterizedTest
  @FieldSource("dunlin.host.KwtReference#CLIPS")
  void shouldReachTheLogitsOfKwt1(String clip) throws IOException {
    EncoderModel model = KwtReference.model();
    KwtReference reference = KwtReference.read(clip);
    double[] logits = new EncoderOracle(model).forward(reference.features());
    double worst = reference.worstError(logits);
    assertTrue(worst < FLOAT_ERROR, "worst error " + worst);
    int best =
        IntStream.range(0, logits.length)
            .boxed()
            .max(Comparator.comparing(i -> logits[i]))
            .orElseThrow();
    assertEquals(reference.label(), model.config().labels().get(best));
  }
}
