package dunlin.host.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardTypes;
import dunlin.firmware.Request;
import dunlin.host.OtherJvm;
import dunlin.host.model.FloatModel;
import dunlin.host.model.RandomModel;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.Calibration;
import dunlin.host.quantise.Equalisation;
import dunlin.host.quantise.QuantisedModel;
import dunlin.host.quantise.Quantiser;
import dunlin.host.run.Coordinator;
import dunlin.host.run.EmulatedFlock;
import dunlin.host.run.Sampling;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token of a model of TinyLlama-42M's shape on 64 emulated nodes. */
@Tag("slow")
class LargeFlockTest {
  private static final double SECONDS = 20;

  @TempDir Path folder;

  @Test
  void shouldEmulateATokenOnSixtyFourNodesInTwentySeconds()
      throws IOException, InterruptedException {
    Path log = folder.resolve("log.txt");
    Process process =
        OtherJvm.start(log, List.of("-Xmx3g"), List.of(FromWeightsToAToken.class.getName()));
    boolean ended = process.waitFor(300, TimeUnit.SECONDS);
    process.destroyForcibly();
    String report = Files.readString(log);
    assertTrue(ended, report);
    assertEquals(0, process.waitFor(), report);
    assertTrue(Double.parseDouble(report.strip()) < SECONDS, report);
  }

  /** What the other JVM runs: it says how many seconds of a processor it took. */
  static final class FromWeightsToAToken {
    public static void main(String[] args) {
      PlanOptions options = PlanOptions.DEFAULT.withContext(128).nodes(64, Topology.TREE);
      Plan plan = Planner.plan(quantised(), BoardTypes.named("siracusa"), options);
      Coordinator coordinator = new Coordinator(new EmulatedFlock(plan));
      coordinator.hello();
      coordinator.pass(new int[] {5}, 0, Request.SAMPLE, Sampling.GREEDY);
      System.out.println(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9);
    }

    /** The float models are garbage when this returns. */
    private static QuantisedModel quantised() {
      FloatModel model = RandomModel.of(DistributedPaper.shape(8, 32_000), true, 42);
      Calibration calibration =
          Calibration.measure(model, List.of(new int[] {1, 2, 3, 4}), tokens -> {});
      return Quantiser.quantise(Equalisation.apply(model, calibration));
    }
  }
}
