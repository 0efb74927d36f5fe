package dunlin.hil;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardType.Weights;
import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import dunlin.firmware.Request;
import dunlin.host.model.FloatModel;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.host.plan.Planner;
import dunlin.host.quantise.Calibration;
import dunlin.host.quantise.Equalisation;
import dunlin.host.quantise.QuantisedModel;
import dunlin.host.quantise.Quantiser;
import dunlin.host.run.Coordinator;
import dunlin.host.run.Generator;
import dunlin.host.run.NodeIdentity;
import dunlin.host.run.Sampling;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The one suite: what any rig's node must do, to the bit. */
@ExtendWith(QemuRig.class)
class RigTest {
  private static final int CONTEXT = 24;
  private static final LlamaConfig SHAPE =
      new LlamaConfig(16, 43, 2, 4, 2, 6, 50, CONTEXT, 1e-5, 10_000);
  private static final int[] PROMPT = {1, 2, 3, 4, 5, 6, 7};
  private static final QuantisedModel MODEL = model();
  private static final Sampling SAMPLED = Sampling.of(1, 10, 7);

  @ParameterizedTest
  @EnumSource
  void shouldSayWhatItHolds(Rig rig) {
    NodeIdentity identity = coordinator(rig, Weights.PACKED).hello();
    assertEquals(MODEL.hash(), identity.modelHash());
    assertEquals(CONTEXT, identity.context());
    assertEquals(SHAPE.vocabulary(), identity.vocabulary());
  }

  @ParameterizedTest
  @EnumSource
  void shouldGiveTheLogitsOfTheEmulatedNode(Rig rig) {
    int[] expected = logits(coordinator(Rig.EMULATED, Weights.PLAIN));
    assertArrayEquals(expected, logits(coordinator(rig, Weights.PACKED)));
  }

  @ParameterizedTest
  @EnumSource
  void shouldPickTheTokensOfTheEmulatedNode(Rig rig) {
    for (Sampling sampling : List.of(Sampling.GREEDY, SAMPLED)) {
      int[] expected = tokens(coordinator(Rig.EMULATED, Weights.PLAIN), sampling);
      assertEquals(CONTEXT - PROMPT.length + 1, expected.length);
      assertArrayEquals(expected, tokens(coordinator(rig, Weights.PACKED), sampling));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldRefuseAnUnknownTokenAndGoOn(Rig rig) {
    Coordinator coordinator = coordinator(rig, Weights.PACKED);
    coordinator.hello();
    int[] unknown = {SHAPE.vocabulary()};
    Refusal refusal =
        assertThrows(
            Refusal.class, () -> coordinator.pass(unknown, 0, Request.SAMPLE, Sampling.GREEDY));
    assertEquals(
        "the node does not know token 50: use the model's tokenizer", refusal.getMessage());
    assertTrue(coordinator.pass(PROMPT, 0, Request.SAMPLE, Sampling.GREEDY).token() >= 0);
  }

  private static Coordinator coordinator(Rig rig, Weights weights) {
    return new Coordinator(rig.connect(plan(weights)));
  }

  /** The suite's model on one board. */
  static Plan plan(Weights weights) {
    PlanOptions options = new PlanOptions(CONTEXT, 7, weights, Inspection.ALL_LOGITS);
    return Planner.plan(MODEL, BoardTypes.named("stm32f405"), options);
  }

  private static int[] logits(Coordinator coordinator) {
    coordinator.hello();
    int flags = Request.SAMPLE | Request.SEND_LOGITS;
    return coordinator.pass(PROMPT, 0, flags, Sampling.GREEDY).logits();
  }

  /** What the suite's prompt is followed by. */
  static int[] tokens(Coordinator coordinator, Sampling sampling) {
    IntStream.Builder tokens = IntStream.builder();
    new Generator(coordinator, coordinator.hello())
        .generate(
            PROMPT,
            CONTEXT,
            sampling,
            token -> {
              tokens.add(token);
              return true;
            });
    return tokens.build().toArray();
  }

  private static QuantisedModel model() {
    FloatModel model = RandomModel.of(SHAPE, true, 5);
    Calibration calibration = Calibration.measure(model, List.of(PROMPT), tokens -> {});
    return Quantiser.quantise(Equalisation.apply(model, calibration));
  }
}
