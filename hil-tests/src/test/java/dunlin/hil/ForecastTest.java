package dunlin.hil;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.firmware.Request;
import dunlin.host.bench.NodeMeasurement;
import dunlin.host.bench.TokenBench;
import dunlin.host.checkpoint.Checkpoints;
import dunlin.host.compile.Layout;
import dunlin.host.compile.PassTraffic;
import dunlin.host.compile.Traffic;
import dunlin.host.forecast.NodeForecast;
import dunlin.host.forecast.Rehearsal;
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
import dunlin.host.run.Coordinator;
import dunlin.host.run.EmulatedFlock;
import dunlin.host.run.Generator;
import dunlin.host.run.Sampling;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a plan foretells, against what QEMU counts: instructions within 5 %, bytes exactly. */
class ForecastTest {
  private static final int FIRST = 1;

  @TempDir private Path folder;

  /** Of a shape that no table was fitted to. */
  private static final LlamaConfig RANDOM =
      new LlamaConfig(72, 150, 3, 6, 3, 12, 300, 64, 1e-5, 10_000);

  @ParameterizedTest
  @CsvSource({"1, 16", "1, 128", "4, 16", "4, 128"})
  @Tag("slow")
  void shouldForetellStories260K(int nodes, int position) {
    FloatModel model = Checkpoints.read(SharedFiles.model("stories260K/stories260K.bin"));
    check(quantised(model, new int[] {FIRST, 403, 407}), "stm32f405", nodes, position);
  }

  @ParameterizedTest
  @CsvSource({
    "mps2-an385, 1, 40",
    "mps2-an385, 3, 40",
    "mps2-an386, 3, 40",
    "mps2-an500, 1, 40",
    "mps2-an500, 3, 40",
    "mps3-an547, 1, 40",
    "mps3-an547, 3, 40"
  })
  @Tag("slow")
  void shouldForetellAModelOfAnotherShape(String board, int nodes, int position) {
    FloatModel model = RandomModel.of(RANDOM, false, 3);
    check(quantised(model, new int[] {FIRST, 40, 41, 42}), board, nodes, position);
  }

  private void check(QuantisedModel model, String board, int nodes, int position) {
    Foretold.requireQemu();
    PlanOptions options = PlanOptions.DEFAULT.withContext(position + 1).nodes(nodes, Topology.TREE);
    Plan plan = Planner.plan(model, BoardTypes.named(board), options);
    List<NodeMeasurement> measured = TokenBench.measure(plan, FIRST, position);
    int[] text = text(plan, position);
    List<NodeForecast> foretold = forecast(plan, options, position, text[position]);
    PassTraffic traffic = traffic(plan, text);
    Foretold.check(plan, measured, foretold, traffic);
  }

  private static QuantisedModel quantised(FloatModel model, int[] text) {
    Calibration calibration = Calibration.measure(model, List.of(text), tokens -> {});
    return Quantiser.quantise(Equalisation.apply(model, calibration));
  }

  /** The tokens that are fed, up to that at {@code position}. */
  private static int[] text(Plan plan, int position) {
    Coordinator coordinator = new Coordinator(new EmulatedFlock(plan));
    Generator generator = new Generator(coordinator, coordinator.hello());
    int[] text = new int[position + 1];
    text[0] = FIRST;
    for (int at = 0; at < position; at++) {
      text[at + 1] = generator.feed(new int[] {text[at]}, Request.SAMPLE, Sampling.GREEDY).token();
    }
    return text;
  }

  /** A nanosecond for each instruction. */
  private List<NodeForecast> forecast(Plan plan, PlanOptions options, int position, int token) {
    BoardType counting = Foretold.counting(plan.members().get(0).board(), folder);
    Plan counted = Planner.plan(plan.model(), counting, options);
    return Rehearsal.decoding(counted, new Layout(counted), position, owner(plan, token))
        .pass()
        .nodes();
  }

  private static int owner(Plan plan, int token) {
    return IntStream.range(0, plan.members().size())
        .filter(rank -> plan.members().get(rank).shard().vocabulary().end() > token)
        .findFirst()
        .orElseThrow();
  }

  /** Of the last pass. */
  private static PassTraffic traffic(Plan plan, int[] text) {
    Traffic traffic = new Layout(plan).traffic();
    PassTraffic pass = null;
    for (int token : text) {
      pass = traffic.pass(new int[] {token}, true, 1);
    }
    return pass;
  }
}
