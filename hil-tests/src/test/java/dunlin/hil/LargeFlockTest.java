package dunlin.hil;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.firmware.Request;
import dunlin.host.compile.Compiler;
import dunlin.host.model.FloatModel;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.Calibration;
import dunlin.host.quantise.Equalisation;
import dunlin.host.quantise.QuantisedModel;
import dunlin.host.quantise.Quantiser;
import dunlin.host.run.Console;
import dunlin.host.run.Coordinator;
import dunlin.host.run.EmulatedFlock;
import dunlin.host.run.Generator;
import dunlin.host.run.PassResult;
import dunlin.host.run.Sampling;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** A model of TinyLlama-42M's shape on eight Cortex-M7 boards of QEMU. */
@ExtendWith(QemuRig.class)
@Tag("slow")
class LargeFlockTest {
  private static final LlamaConfig SHAPE =
      new LlamaConfig(512, 1376, 8, 8, 8, 64, 32_000, 1024, 1e-5, 10_000);
  private static final int NODES = 8;
  private static final int CONTEXT = 16;
  private static final int TOKENS = 2;

  @Test
  @EnabledIfSystemProperty(
      named = "large.model",
      matches = "true",
      disabledReason = "takes minutes: -Dlarge.model=true")
  void shouldReachTheLogitsOfTheDesktop() throws IOException {
    PlanOptions options = PlanOptions.DEFAULT.withContext(CONTEXT).nodes(NODES, Topology.TREE);
    Plan plan = Planner.plan(quantised(), board(), options);
    List<Integer> expected = tokensAndLogits(new EmulatedFlock(plan));
    assertEquals(expected, tokensAndLogits(QemuRig.boot(plan, Compiler.compile(plan))));
  }

  private static List<Integer> tokensAndLogits(Console console) {
    Coordinator coordinator = new Coordinator(console);
    Generator generator = new Generator(coordinator, coordinator.hello());
    List<Integer> found = new ArrayList<>();
    int token = 1;
    for (int i = 0; i < TOKENS; i++) {
      int flags = Request.SAMPLE | Request.SEND_LOGITS;
      PassResult pass = generator.feed(new int[] {token}, flags, Sampling.GREEDY);
      token = pass.token();
      found.addAll(List.of(token, Arrays.hashCode(pass.logits())));
    }
    return found;
  }

  /** The 4 MB of code memory are too small: firmware and image lie in the 16 MB of PSRAM. */
  private static BoardType board() throws IOException {
    try (InputStream in = BoardTypes.class.getResourceAsStream("mps2-an500.toml")) {
      String toml =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .replace("firmware-flash = { origin = 0,", "firmware-flash = { origin = 0x6000_0000,")
              .replace("image-bytes = 4_128_768", "image-bytes = 16_711_680")
              .replace("name = \"mps2-an500\"", "name = \"mps2-an500-psram\"");
      return BoardTypes.read("mps2-an500-psram.toml", toml);
    }
  }

  private static QuantisedModel quantised() {
    FloatModel model = RandomModel.of(SHAPE, true, 42);
    List<int[]> texts = List.of(new int[] {1, 500, 31_999, 7});
    Calibration calibration = Calibration.measure(model, texts, tokens -> {});
    return Quantiser.quantise(Equalisation.apply(model, calibration));
  }
}
