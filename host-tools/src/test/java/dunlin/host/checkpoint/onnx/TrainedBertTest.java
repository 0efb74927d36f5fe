package dunlin.host.checkpoint.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.host.checkpoint.Encoders;
import dunlin.host.evaluate.Cosine;
import dunlin.host.evaluate.EncoderLayers;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.TokenSequence;
import dunlin.host.oracle.EncoderOracle;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.EncoderCalibration;
import dunlin.host.quantise.EncoderQuantiser;
import dunlin.host.quantise.Fusing;
import dunlin.host.quantise.QuantisedEncoder;
import dunlin.host.run.Classifier;
import dunlin.host.run.Coordinator;
import dunlin.host.run.EmulatedFlock;
import dunlin.host.run.EncoderPass;
import dunlin.host.tokenizer.WordPieces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Weights that somebody trained are not as random ones are: a few channels are far larger. */
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
class TrainedBertTest {
  private static final BoardType EMULATED = BoardTypes.named("emulated");
  private static final int TOKENS = 18;

  private static final List<String> CALIBRATION =
      List.of(
          "Photosynthesis turns light into chemical energy, which green plants store as sugar and"
              + " starch.",
          "The train to Vienna leaves at half past nine from platform four; tickets are sold at the"
              + " counter.",
          "In 1969 two astronauts walked on the Moon while a third one orbited above them, quite"
              + " alone.",
          "Add two cups of flour, a pinch of salt and three eggs, and stir until the batter is"
              + " smooth.",
          "The court ruled that the contract was void; the company has appealed against the"
              + " decision.",
          "He scored twice in the final minutes, and the crowd could hardly believe what it had"
              + " seen.");

  private static final String TEXT =
      "The dunlin is a small wader whose black bill bends down a little; it breeds in the northern"
          + " tundra.";

  private Path file;
  private EncoderModel model;
  private List<TokenSequence> samples;
  private TokenSequence text;
  private QuantisedEncoder quantised;

  @BeforeAll
  void quantise(@TempDir Path folder) throws IOException {
    file = TrainedBert.write(folder);
    model = Encoders.read(file);
    WordPieces pieces = WordPieces.read(folder, model.config().vocabulary());
    samples = CALIBRATION.stream().map(line -> pieces.line(line, TOKENS)).toList();
    text = pieces.line(TEXT, TOKENS);
    EncoderCalibration calibration = EncoderCalibration.measure(model, samples, done -> {});
    quantised = EncoderQuantiser.quantise(model, calibration, Fusing.NEVER);
  }

  @Test
  void shouldReachTheLogitsOfOnnxRuntime() throws Exception {
    assertEquals(TrainedBert.LABELS, model.config().labels());
    long[] tokens = Arrays.stream(text.tokens()).asLongStream().toArray();
    long[] ones = new long[tokens.length];
    Arrays.fill(ones, 1);
    Map<String, long[]> inputs =
        Map.of(
            "input_ids", tokens, "attention_mask", ones, "token_type_ids", new long[tokens.length]);
    float[] expected = OnnxRuntime.run(file, inputs).get(0);
    double[] logits = new EncoderOracle(model).forward(text);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], logits[i], 1e-4, "logit " + i);
    }
  }

  @Test
  void shouldStayCloseToTheOracleInEachLayerAndInAll() {
    EncoderLayers layers = EncoderLayers.of(model, quantised, EMULATED, samples, text);
    layers.alone().forEach(c -> assertTrue(c >= 0.999, "alone " + layers.alone()));
    layers.together().forEach(c -> assertTrue(c >= 0.998, "together " + layers.together()));
  }

  @Test
  void shouldGiveTheSameBitsOnOneTwoAndFourNodes() {
    int[] one = logits(1);
    assertArrayEquals(one, logits(2));
    assertArrayEquals(one, logits(4));
    double cosine = Cosine.of(new EncoderOracle(model).forward(text), one);
    assertTrue(cosine >= 0.998, "cosine of logits " + cosine);
  }

  private int[] logits(int nodes) {
    PlanOptions options =
        new PlanOptions(TOKENS, 0, null, PlanOptions.Inspection.NONE).nodes(nodes, Topology.TREE);
    Plan plan = Planner.plan(quantised, EMULATED, options);
    Coordinator coordinator = new Coordinator(new EmulatedFlock(plan));
    Classifier classifier = new Classifier(coordinator, coordinator.hello());
    return new EncoderPass(classifier, quantised, plan.context()).of(text).logits();
  }
}
