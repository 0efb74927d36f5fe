package dunlin.host.checkpoint.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnxruntime.OrtException;
import dunlin.host.GreedyReference;
import dunlin.host.SharedModels;
import dunlin.host.checkpoint.Checkpoints;
import dunlin.host.checkpoint.onnx.LlamaGraph.Spelling;
import dunlin.host.model.FloatModel;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import dunlin.host.oracle.Oracle;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** ONNX Runtime as the judge of the oracle: one graph, run by it, and read and run by us. */
class OnnxDecoderTest {
  /** ONNX Runtime computes in floats. */
  private static final double FLOAT_ERROR = 1e-4;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void shouldReachTheLogitsOfOnnxRuntime(Spelling spelling) throws Exception {
    LlamaConfig shape = new LlamaConfig(24, 43, 3, 6, 2, 8, 31, 2048, 1e-5, 500_000);
    FloatModel model = RandomModel.of(shape, spelling == Spelling.META, 7);
    long[] tokens = {1, 30, 7, 7, 0, 12, 25, 3};
    Path file = LlamaGraph.write(model, spelling, folder.resolve("model.onnx"));
    FloatModel read = Checkpoints.read(file);
    assertEquals(shape, read.config());
    assertEquals(model.tied(), read.tied());
    compare(file, read, tokens, FLOAT_ERROR);
  }

  @ParameterizedTest
  @EnumSource
  void shouldReachTheLogitsOfOnnxRuntimeOnStories260K(Spelling spelling) throws Exception {
    Path shared = SharedModels.require("stories260K");
    FloatModel bin = Checkpoints.read(shared.resolve("stories260K.bin"));
    long[] tokens =
        GreedyReference.read(shared, 0).tokens().stream()
            .limit(LlamaGraph.FIXED)
            .mapToLong(Integer::longValue)
            .toArray();
    Path file = LlamaGraph.write(bin, spelling, folder.resolve("model.onnx"));
    FloatModel read = Checkpoints.read(file);
    compare(file, read, tokens, FLOAT_ERROR);
    compare(file, bin, tokens, FLOAT_ERROR);
  }

  private static void compare(Path file, FloatModel model, long[] tokens, double most)
      throws IOException, OrtException {
    float[][] expected = OnnxRuntime.run(file, "input_ids", tokens);
    Oracle oracle = new Oracle(model);
    double worst = 0;
    for (int position = 0; position < tokens.length; position++) {
      double[] logits = oracle.forward((int) tokens[position], position);
      int row = position - (tokens.length - expected.length); // some graphs give the last only
      for (int i = 0; row >= 0 && i < logits.length; i++) {
        worst = Math.max(worst, Math.abs(logits[i] - expected[row][i]));
      }
    }
    assertEquals(0, worst, most);
  }
}
