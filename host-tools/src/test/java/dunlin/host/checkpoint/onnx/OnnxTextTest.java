package dunlin.host.checkpoint.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dunlin.host.SmallEncoders;
import dunlin.host.checkpoint.Bert;
import dunlin.host.checkpoint.Encoders;
import dunlin.host.checkpoint.onnx.TextGraph.Spelling;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.Bottleneck;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.EncoderConfig.Words;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.Nonlinearity;
import dunlin.host.model.RandomEncoder;
import dunlin.host.model.TokenSequence;
import dunlin.host.oracle.EncoderOracle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * BERT and MobileBERT: graphs judged by ONNX Runtime, and PyTorch's own exports by transformers.
 */
class OnnxTextTest {
  /** ONNX Runtime computes in floats. */
  private static final double FLOAT_ERROR = 1e-4;

  /** Graphs hold floats, sums of floats at times. */
  private static final double STORED_ERROR = 1e-6;

  private static final int DIM = 12;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "TRACED, EVERY_TOKEN, GELU_ERF",
    "TRACED, FIRST_TOKEN, GELU_TANH",
    "EXPORTED, EVERY_TOKEN, RELU",
    "EXPORTED, FIRST_TOKEN, GELU_ERF",
    "ALONE, EVERY_TOKEN, GELU_TANH",
    "ALONE, FIRST_TOKEN, GELU_ERF"
  })
  void shouldReachTheLogitsOfOnnxRuntimeOnBert(
      Spelling spelling, Pooling pooling, Nonlinearity activation) throws Exception {
    Words words = new Words(31, DIM, false, 2);
    compare(random(words, Optional.empty(), activation, pooling), spelling);
  }

  @ParameterizedTest
  @EnumSource
  void shouldReachTheLogitsOfOnnxRuntimeWithNarrowEmbeddings(Spelling spelling) throws Exception {
    Words words = new Words(31, 5, false, 2);
    compare(random(words, Optional.empty(), Nonlinearity.GELU_ERF, Pooling.FIRST_TOKEN), spelling);
  }

  @ParameterizedTest
  @CsvSource({
    "TRACED, EVERY_TOKEN",
    "TRACED, FIRST_TOKEN",
    "EXPORTED, EVERY_TOKEN",
    "EXPORTED, FIRST_TOKEN",
    "ALONE, EVERY_TOKEN",
    "ALONE, FIRST_TOKEN"
  })
  void shouldReachTheLogitsOfOnnxRuntimeOnMobileBert(Spelling spelling, Pooling pooling)
      throws Exception {
    EncoderModel model = mobile(pooling);
    compare(model, spelling);
    if (pooling == Pooling.FIRST_TOKEN) {
      compare(pooled(model), spelling);
    }
  }

  @Test
  void shouldReachTheLogitsOfOnnxRuntimeAtMobileBertsWidth() throws Exception {
    EncoderConfig shape = TextGraph.mobileBert(500, 2);
    compare(RandomEncoder.of("random", shape, 3), Spelling.TRACED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tiny-bert", "tiny-mobilebert"})
  void shouldComputeWhatTransformersDoesFromWhatPyTorchExported(String name) {
    Bert bert = Bert.named(name);
    EncoderModel read = Encoders.read(bert.folder().resolve("model.onnx"));
    assertEquals(Encoders.read(bert.folder()).config(), read.config());
    assertClose(bert.logits(), new EncoderOracle(read).forward(bert.input()), STORED_ERROR);
  }

  @Test
  void shouldTellHowMuchIsRead() {
    List<Integer> percents = new ArrayList<>();
    Path file = TextGraph.write(mobile(Pooling.EVERY_TOKEN), Spelling.TRACED, path());
    Encoders.read(file, percents::add);
    assertEquals(percents.stream().sorted().toList(), percents);
    assertEquals(100, percents.get(percents.size() - 1));
  }

  private static EncoderModel mobile(Pooling pooling) {
    Words words = new Words(31, 5, true, 2);
    return random(words, Optional.of(new Bottleneck(6, 3)), Nonlinearity.RELU, pooling);
  }

  private static EncoderModel random(
      Words words, Optional<Bottleneck> bottleneck, Nonlinearity activation, Pooling pooling) {
    List<String> labels =
        pooling == Pooling.EVERY_TOKEN ? EncoderConfig.SPANS : List.of("wader", "gull", "tern");
    return RandomEncoder.of(
        "random",
        EncoderConfig.ofText(
            11, words, DIM, 17, 2, 3, 4, bottleneck, activation, pooling, 1e-12, labels),
        3);
  }

  /** With a pooler, as MobileBERT has one unless its config says otherwise. */
  private static EncoderModel pooled(EncoderModel model) {
    Words words = new Words(2, DIM, false, 2);
    EncoderModel bert = random(words, Optional.empty(), Nonlinearity.RELU, Pooling.FIRST_TOKEN);
    return new EncoderModel(
        model.name(),
        model.config(),
        model.frontEnd(),
        model.words(),
        model.positions(),
        model.classToken(),
        model.layers(),
        model.finalNorm(),
        bert.pooler(),
        model.head());
  }

  private Path path() {
    return folder.resolve("model.onnx");
  }

  private void compare(EncoderModel model, Spelling spelling) throws Exception {
    Path file = TextGraph.write(model, spelling, path());
    describe(model.config().labels(), spelling);
    assertTrue(Encoders.recognises(file));
    EncoderModel read = Encoders.read(file);
    assertEquals(model.config(), read.config());
    boolean alone = spelling == Spelling.ALONE;
    for (int length : alone ? new int[] {TextGraph.FIXED} : new int[] {1, 2, 7, 11}) {
      TokenSequence text = SmallEncoders.tokens(model.config(), length);
      int[] types = alone ? new int[length] : text.types();
      TokenSequence typed = new TokenSequence("text", text.tokens(), types);
      double[] expected = run(file, typed, alone);
      for (EncoderModel each : List.of(model, read)) {
        assertClose(expected, new EncoderOracle(each).forward(typed), FLOAT_ERROR);
      }
    }
  }

  /** Labels as one would write them, or as transformers saves them. */
  private void describe(List<String> labels, Spelling spelling) throws IOException {
    if (spelling == Spelling.TRACED) {
      Files.write(folder.resolve("labels.txt"), labels);
    } else {
      Map<Integer, String> named = new LinkedHashMap<>();
      labels.forEach(label -> named.put(named.size(), label));
      new JsonMapper()
          .writeValue(folder.resolve("config.json").toFile(), Map.of("id2label", named));
    }
  }

  /** Logits of ONNX Runtime, row by row. */
  private static double[] run(Path file, TokenSequence text, boolean alone) throws OrtException {
    long[] mask = new long[text.tokens().length];
    Arrays.fill(mask, 1);
    Map<String, long[]> inputs =
        alone
            ? Map.of("input_ids", longs(text.tokens()))
            : Map.of(
                "input_ids",
                longs(text.tokens()),
                "attention_mask",
                mask,
                "token_type_ids",
                longs(text.types()));
    List<float[]> outputs = OnnxRuntime.run(file, inputs);
    int columns = outputs.size();
    double[] logits = new double[columns * outputs.get(0).length];
    Arrays.setAll(logits, i -> outputs.get(i % columns)[i / columns]);
    return logits;
  }

  private static long[] longs(int[] numbers) {
    return Arrays.stream(numbers).asLongStream().toArray();
  }

  private static void assertClose(double[] expected, double[] actual, double error) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    assertArrayEquals(expected, actual, error * largest);
  }
}
