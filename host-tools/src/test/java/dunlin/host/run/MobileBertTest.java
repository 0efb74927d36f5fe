package dunlin.host.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.host.checkpoint.EncoderDescription;
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
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** MobileBERT at full size, 24 layers and 30,522 words, with seeded weights. */
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
class MobileBertTest {
  private static final BoardType EMULATED = BoardTypes.named("emulated");
  private static final int TOKENS = 24;

  private EncoderModel model;
  private List<TokenSequence> samples;
  private QuantisedEncoder quantised;
  private TokenSequence text;
  private double[] exact;

  @BeforeAll
  void quantise() {
    model = EncoderDescription.named("mobilebert").model();
    samples = IntStream.range(0, 3).mapToObj(seed -> text(TOKENS, seed)).toList();
    EncoderCalibration calibration = EncoderCalibration.measure(model, samples, done -> {});
    quantised = EncoderQuantiser.quantise(model, calibration, Fusing.NEVER);
    text = text(TOKENS, 9);
    exact = new EncoderOracle(model).forward(text);
  }

  @Test
  void shouldGiveTheSameBitsOnOneTwoAndFourNodes() {
    int[] one = logits(1);
    assertArrayEquals(one, logits(2));
    assertArrayEquals(one, logits(4));
    double cosine = Cosine.of(exact, one);
    assertTrue(cosine >= 0.999, "cosine of logits " + cosine);
  }

  @Test
  void shouldStayCloseToTheOracleInEachLayerAndInAll() {
    EncoderLayers layers = EncoderLayers.of(model, quantised, EMULATED, samples, text);
    layers.alone().forEach(c -> assertTrue(c >= 0.99, "alone " + layers.alone()));
    layers.together().forEach(c -> assertTrue(c >= 0.99, "together " + layers.together()));
  }

  private int[] logits(int nodes) {
    PlanOptions options =
        new PlanOptions(TOKENS + 8, 0, null, PlanOptions.Inspection.NONE)
            .nodes(nodes, Topology.CHAIN);
    Plan plan = Planner.plan(quantised, EMULATED, options);
    Coordinator coordinator = new Coordinator(new EmulatedFlock(plan));
    Classifier classifier = new Classifier(coordinator, coordinator.hello());
    return new EncoderPass(classifier, quantised, plan.context()).of(text).logits();
  }

  private static TokenSequence text(int length, long seed) {
    Random random = new Random(seed);
    int[] tokens = random.ints(length, 0, 30_522).toArray();
    int[] types = random.ints(length, 0, 2).toArray();
    return new TokenSequence("random " + seed, tokens, types);
  }
}
