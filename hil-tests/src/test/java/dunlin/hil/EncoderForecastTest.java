package dunlin.hil;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.host.bench.InputBench;
import dunlin.host.bench.NodeMeasurement;
import dunlin.host.compile.Layout;
import dunlin.host.compile.PassTraffic;
import dunlin.host.compile.Traffic;
import dunlin.host.features.SelfFeatures;
import dunlin.host.flock.ImportedEncoder;
import dunlin.host.flock.Progress;
import dunlin.host.forecast.NodeForecast;
import dunlin.host.forecast.Rehearsal;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.Fusing;
import dunlin.host.quantise.QuantisedEncoder;
import dunlin.host.run.FeatureInput;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a plan foretells of an input, against what QEMU counts: instructions within 5 %, bytes
 * exactly. No table was fitted to these encoders.
 */
class EncoderForecastTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "eegformer, FASTER, stm32f405, 1",
    "eegformer, NEVER, stm32f405, 3",
    "ecgformer, ALWAYS, mps2-an500, 3",
    "radar-gesture, FASTER, mps2-an500, 1",
    "s32-e64-h16-p64, NEVER, mps2-an500, 2"
  })
  @Tag("slow")
  void shouldForetellThePapersNetworks(String name, Fusing fusing, String board, int nodes) {
    check(ImportedEncoder.read(name), fusing, board, nodes);
  }

  @ParameterizedTest
  @CsvSource({"stm32f405, 1", "mps2-an500, 2"})
  @Tag("slow")
  void shouldForetellKwt1(String board, int nodes) {
    Path model = SharedFiles.model("kwt1");
    check(ImportedEncoder.read(model.toString()), Fusing.FASTER, board, nodes);
  }

  private void check(ImportedEncoder encoder, Fusing fusing, String board, int nodes) {
    Foretold.requireQemu();
    QuantisedEncoder model = encoder.quantised(null, fusing, Progress.NONE);
    BoardType type = BoardTypes.named(board);
    PlanOptions options = PlanOptions.DEFAULT.nodes(nodes, Topology.TREE);
    Plan plan = Planner.plan(model, type, options);
    byte[] input = FeatureInput.of(model, SelfFeatures.of(model.config()).get(0));
    List<NodeMeasurement> measured = InputBench.measure(plan, input);
    Foretold.check(plan, measured, forecast(model, type, options), traffic(plan));
  }

  private List<NodeForecast> forecast(QuantisedEncoder model, BoardType board, PlanOptions how) {
    Plan counted = Planner.plan(model, Foretold.counting(board, folder), how);
    return Rehearsal.classifying(counted, new Layout(counted)).pass().nodes();
  }

  /** Of the second of two inputs. */
  private static PassTraffic traffic(Plan plan) {
    Traffic traffic = new Layout(plan).traffic();
    traffic.input();
    return traffic.input();
  }
}
