package dunlin.host.checkpoint.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.host.KwtReference;
import dunlin.host.SmallEncoders;
import dunlin.host.checkpoint.Encoders;
import dunlin.host.checkpoint.onnx.EncoderGraph.Spelling;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.Convolution;
import dunlin.host.model.EncoderConfig.NormPlacement;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.Features;
import dunlin.host.model.Nonlinearity;
import dunlin.host.model.RandomEncoder;
import dunlin.host.oracle.EncoderOracle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** ONNX Runtime as the judge of the encoders' oracle: one graph, run by it, and read by us. */
class OnnxEncoderTest {
  /** ONNX Runtime computes in floats. */
  private static final double FLOAT_ERROR = 1e-4;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "OPERATORS, PRE, CLASS_TOKEN, GELU_ERF",
    "OPERATORS, POST, MEAN, GELU_TANH",
    "OPERATORS, PRE, MEAN, RELU",
    "PARTS, PRE, CLASS_TOKEN, GELU_ERF",
    "PARTS, POST, CLASS_TOKEN, GELU_TANH",
    "PARTS, POST, MEAN, RELU",
  })
  void shouldReachTheLogitsOfOnnxRuntime(
      Spelling spelling, NormPlacement norm, Pooling pooling, Nonlinearity activation)
      throws Exception {
    EncoderConfig shape =
        EncoderConfig.ofFrames(
            17,
            3,
            List.of(
                new Convolution(4, 2, 7, activation), new Convolution(2, 1, 12, Nonlinearity.NONE)),
            12,
            19,
            2,
            3,
            5,
            norm,
            activation,
            pooling,
            1e-6,
            List.of("a", "b", "c", "d"));
    compare(RandomEncoder.of("random", shape, 3), spelling, SmallEncoders.sine(shape));
  }

  @ParameterizedTest
  @EnumSource
  void shouldReachTheLogitsOfOnnxRuntimeOnKwt(Spelling spelling) throws Exception {
    EncoderModel model = KwtReference.model();
    compare(model, spelling, SmallEncoders.sine(model.config()));
  }

  private void compare(EncoderModel model, Spelling spelling, Features features) throws Exception {
    EncoderConfig config = model.config();
    Path file = EncoderGraph.write(model, spelling, folder.resolve("model.onnx"));
    Files.write(folder.resolve("labels.txt"), config.labels());
    assertTrue(Encoders.recognises(file));
    EncoderModel read = Encoders.read(file);
    assertEquals(config, read.config());
    float[] expected =
        spelling == Spelling.PARTS
            ? OnnxRuntime.run(
                file, "features", byChannel(features), 1, 1, config.channels(), config.frames())
            : OnnxRuntime.run(
                file, "features", features.values(), 1, config.frames(), config.channels());
    for (EncoderModel each : List.of(model, read)) {
      double[] logits = new EncoderOracle(each).forward(features);
      for (int i = 0; i < logits.length; i++) {
        assertEquals(expected[i], logits[i], FLOAT_ERROR);
      }
    }
  }

  private static float[] byChannel(Features features) {
    float[] values = new float[features.values().length];
    for (int i = 0; i < values.length; i++) {
      int frame = i % features.frames();
      values[i] = features.values()[frame * features.channels() + i / features.frames()];
    }
    return values;
  }
}
