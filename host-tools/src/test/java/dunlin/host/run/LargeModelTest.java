package dunlin.host.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardTypes;
import dunlin.host.OtherJvm;
import dunlin.host.checkpoint.Checkpoints;
import dunlin.host.checkpoint.Llama2cWriter;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model of TinyLlama-42M's shape, from a file to tokens in a JVM of 1 GB. */
@Tag("slow")
class LargeModelTest {
  private static final LlamaConfig SHAPE =
      new LlamaConfig(512, 1376, 8, 8, 8, 64, 32_000, 1024, 1e-5, 10_000);
  private static final int TOKENS = 4;

  @TempDir Path folder;

  @Test
  void shouldRunOnOneNodeAndOnEightWithinOneGigabyte() throws IOException, InterruptedException {
    Path log = folder.resolve("log.txt");
    List<String> command =
        List.of(FromFileToTokens.class.getName(), folder.resolve("model.bin").toString());
    Process process = OtherJvm.start(log, List.of("-Xmx1g"), command);
    boolean ended = process.waitFor(300, TimeUnit.SECONDS);
    process.destroyForcibly();
    String report = Files.readString(log);
    assertTrue(ended, report);
    assertEquals(0, process.waitFor(), report);
  }

  /** What the other JVM runs. */
  static final class FromFileToTokens {
    public static void main(String[] args) throws IOException {
      Path file = Path.of(args[0]);
      Llama2cWriter.v0(RandomModel.of(SHAPE, true, 42), file);
      QuantisedModel quantised = quantise(file);
      List<Integer> alone = tokens(quantised, 1);
      List<Integer> together = tokens(quantised, 8);
      if (alone.size() != TOKENS || !alone.equals(together)) {
        throw new IllegalStateException(alone + " on one node, " + together + " on eight");
      }
    }

    private static List<Integer> tokens(QuantisedModel quantised, int nodes) {
      PlanOptions options = PlanOptions.DEFAULT.nodes(nodes, Topology.TREE);
      Plan plan = Planner.plan(quantised, BoardTypes.named("emulated"), options);
      Coordinator coordinator = new Coordinator(new EmulatedFlock(plan));
      Generator generator = new Generator(coordinator, coordinator.hello());
      List<Integer> tokens = new ArrayList<>();
      generator.generate(new int[] {1, 2, 3}, TOKENS, Sampling.of(1, 40, 1), tokens::add);
      return tokens;
    }

    /** The float models are garbage when this returns. */
    private static QuantisedModel quantise(Path file) {
      FloatModel model = Checkpoints.read(file);
      List<int[]> texts = List.of(new int[] {1, 500, 31_999, 7});
      Calibration calibration = Calibration.measure(model, texts, tokens -> {});
      return Quantiser.quantise(Equalisation.apply(model, calibration));
    }
  }
}
