package dunlin.host.checkpoint.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.Refusal;
import dunlin.host.checkpoint.Encoders;
import dunlin.host.oracle.EncoderOracle;
import dunlin.host.run.TrainedEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MiniLM, with a seeded head. */
@Tag("slow")
class TrainedBertTest extends TrainedEncoder {
  TrainedBertTest() {
    super(0.9995, 0.998);
  }

  @Override
  protected Path folder(Path empty) throws IOException {
    TrainedBert.write(empty);
    return empty;
  }

  @Test
  void shouldAskForTheHeadWhereAGraphHasNone(@TempDir Path folder) throws IOException {
    Path file = TrainedBert.writeHeadless(folder);
    Refusal refusal = assertThrows(Refusal.class, () -> Encoders.read(file));
    String words = "the graph ends behind the blocks: export the model with its head";
    assertTrue(refusal.getMessage().contains(words), refusal.getMessage());
  }

  @Test
  void shouldReachTheLogitsOfOnnxRuntime(@TempDir Path folder) throws Exception {
    assertEquals(TrainedBert.LABELS, model().config().labels());
    long[] tokens = Arrays.stream(text().tokens()).asLongStream().toArray();
    long[] ones = new long[tokens.length];
    Arrays.fill(ones, 1);
    Map<String, long[]> inputs =
        Map.of(
            "input_ids", tokens, "attention_mask", ones, "token_type_ids", new long[tokens.length]);
    float[] expected = OnnxRuntime.run(TrainedBert.write(folder), inputs).get(0);
    double[] logits = new EncoderOracle(model()).forward(text());
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], logits[i], 1e-4, "logit " + i);
    }
  }
}
