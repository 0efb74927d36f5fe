package dunlin.host.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import dunlin.host.tokenizer.WordPieces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * A text encoder that somebody trained, in integers. Such weights are not as random ones are: a few
 * channels are far larger.
 */
@TestInstance(Lifecycle.PER_CLASS)
public abstract class TrainedEncoder {
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

  private final double alone;
  private final double together;
  private EncoderModel model;
  private List<TokenSequence> samples;
  private TokenSequence text;
  private QuantisedEncoder quantised;

  /**
   * With the least cosines that are borne.
   *
   * @param alone of a block by itself
   * @param together of the stream behind any block, and of logits
   */
  protected TrainedEncoder(double alone, double together) {
    this.alone = alone;
    this.together = together;
  }

  /** The folder of the model; {@code empty} is there to write one to. */
  protected abstract Path folder(Path empty) throws IOException;

  /** Once, and not before all tests: where there is no model, each is skipped by its name. */
  @BeforeEach
  void quantise(@TempDir Path empty) throws IOException {
    if (quantised != null) {
      return;
    }
    Path folder = folder(empty);
    model = Encoders.read(folder);
    WordPieces pieces = WordPieces.read(folder, model.config().vocabulary());
    samples = CALIBRATION.stream().map(line -> pieces.line(line, TOKENS)).toList();
    text = pieces.line(TEXT, TOKENS);
    EncoderCalibration calibration = EncoderCalibration.measure(model, samples, done -> {});
    quantised = EncoderQuantiser.quantise(model, calibration, Fusing.NEVER);
  }

  @Test
  void shouldStayCloseToTheOracleInEachLayerAndInAll() {
    EncoderLayers layers = EncoderLayers.of(model, quantised, EMULATED, samples, text);
    layers.alone().forEach(c -> assertTrue(c >= alone, "alone " + layers.alone()));
    layers.together().forEach(c -> assertTrue(c >= together, "together " + layers.together()));
  }

  @Test
  void shouldGiveTheSameBitsOnOneTwoAndFourNodes() {
    int[] one = logits(1);
    assertArrayEquals(one, logits(2));
    assertArrayEquals(one, logits(4));
    double cosine = Cosine.of(new EncoderOracle(model).forward(text), one);
    assertTrue(cosine >= together, "cosine of logits " + cosine);
  }

  protected EncoderModel model() {
    return model;
  }

  protected TokenSequence text() {
    return text;
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
