package dunlin.hil;

import static org.junit.jupiter.api.Assertions.assertAll;

import dunlin.boards.BoardTypes;
import dunlin.host.checkpoint.Checkpoints;
import dunlin.host.compile.Compiler;
import dunlin.host.compile.NodeImage;
import dunlin.host.evaluate.Evaluation;
import dunlin.host.evaluate.Stories;
import dunlin.host.model.FloatModel;
import dunlin.host.oracle.Oracle;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.host.plan.Planner;
import dunlin.host.quantise.Calibration;
import dunlin.host.quantise.Equalisation;
import dunlin.host.quantise.QuantisedModel;
import dunlin.host.quantise.Quantiser;
import dunlin.host.tokenizer.Tokenizer;
import dunlin.host.tokenizer.Tokenizers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Quality and size against budgets.toml. */
class BudgetsTest {
  private static final int TOKENS = 256;
  private static final int CALIBRATION_STORIES = 30;
  private static final int EVALUATION_STORIES = 60;

  @Test
  @Tag("slow")
  void shouldCostLittleOnHeldOutText() {
    FloatModel model = stories260K();
    List<int[]> texts = stories("tinystories-evaluation.txt", EVALUATION_STORIES);
    Evaluation evaluation =
        Evaluation.of(model, quantised(), BoardTypes.named("emulated"), texts, tokens -> {});
    assertAll(
        () -> Budget.named("perplexity-loss").check(100 * evaluation.perplexityLoss()),
        () -> Budget.named("top-1-agreement").check(100 * evaluation.agreement()));
  }

  @Test
  void shouldReachTheLogitsOfLlama2c() throws IOException {
    FloatModel model = stories260K();
    double worst = 0;
    for (int prompt = 0; prompt < 4; prompt++) {
      String reference = "stories260K/greedy-p" + prompt;
      List<String> steps = Files.readAllLines(SharedFiles.model(reference + ".ids.txt"));
      FloatBuffer logits =
          ByteBuffer.wrap(Files.readAllBytes(SharedFiles.model(reference + ".logits.f32")))
              .order(ByteOrder.LITTLE_ENDIAN)
              .asFloatBuffer();
      Oracle oracle = new Oracle(model);
      for (int step = 0; step < steps.size(); step++) {
        int token = Integer.parseInt(steps.get(step).split(" ", -1)[1]);
        for (double logit : oracle.forward(token, step)) {
          worst = Math.max(worst, Math.abs(logit - logits.get()));
        }
      }
    }
    Budget.named("oracle-error").check(worst);
  }

  @Test
  void shouldFitItsBoard() {
    PlanOptions options = new PlanOptions(TOKENS, 0, null, Inspection.NONE);
    NodeImage image =
        Compiler.compile(Planner.plan(quantised(), BoardTypes.named("stm32f405"), options)).get(0);
    assertAll(
        () -> Budget.named("image").check(image.bytes().length),
        () -> Budget.named("ram").check((double) image.memory().bytes()));
  }

  @Test
  void shouldStayASmallFirmware() throws IOException {
    long bytes = 0;
    for (String module : List.of("kernels", "firmware")) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, "target", "classes"))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
          bytes += Files.size(file);
        }
      }
    }
    Budget.named("board-java").check((double) bytes);
  }

  private static FloatModel stories260K() {
    return Checkpoints.read(SharedFiles.model("stories260K/stories260K.bin"));
  }

  private static QuantisedModel quantised() {
    FloatModel model = stories260K();
    List<int[]> texts = stories("tinystories-calibration.txt", CALIBRATION_STORIES);
    Calibration calibration = Calibration.measure(model, texts, tokens -> {});
    return Quantiser.quantise(Equalisation.apply(model, calibration));
  }

  private static List<int[]> stories(String file, int count) {
    Tokenizer tokenizer = Tokenizers.read(SharedFiles.model("stories260K/tok512.bin"), 512);
    return Stories.read(SharedFiles.data(file), tokenizer, count, TOKENS);
  }
}
