package dunlin.host.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.host.GreedyReference;
import dunlin.host.SharedModels;
import dunlin.host.checkpoint.Checkpoints;
import dunlin.host.model.FloatModel;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The oracle against llama2.c itself: 64 greedy steps of four prompts, all logits of each. */
class OracleReferenceTest {
  /** llama2.c computes in floats; measured worst in these 131,072 logits: 1.56e-5. */
  private static final double FLOAT_ERROR = 2e-5;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void shouldReachTheLogitsOfLlama2c(int prompt) throws IOException {
    Path folder = SharedModels.require("stories260K");
    FloatModel model = Checkpoints.read(folder.resolve("stories260K.bin"));
    GreedyReference reference = GreedyReference.read(folder, prompt);
    int vocabulary = model.config().vocabulary();
    assertEquals(reference.tokens().size() * vocabulary, reference.logits().remaining());

    Oracle oracle = new Oracle(model);
    double worst = 0;
    for (int step = 0; step < reference.tokens().size(); step++) {
      double[] logits = oracle.forward(reference.tokens().get(step), step);
      for (int i = 0; i < vocabulary; i++) {
        double expected = reference.logits().get(step * vocabulary + i);
        worst = Math.max(worst, Math.abs(logits[i] - expected));
      }
    }
    assertTrue(worst < FLOAT_ERROR, "worst error " + worst);
  }
}
