package dunlin.host.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.host.AnyEncoder;
import dunlin.host.AnyText;
import dunlin.host.compile.Layout;
import dunlin.host.compile.Traffic;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.TokenSequence;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Schedule;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.Fusing;
import dunlin.host.quantise.QuantisedEncoder;
import dunlin.host.run.Classifier;
import dunlin.host.run.Coordinator;
import dunlin.host.run.EmulatedFlock;
import dunlin.host.run.FeatureInput;
import dunlin.host.run.TokenInput;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What a rehearsal says of an input is what the flock takes for it, to the nanosecond. */
class EncoderRehearsalPropertyTest {
  private static final BoardType BOARD =
      BoardTypes.named("emulated").with(BoardTypes.named("stm32f405").performance());

  @Provide
  Arbitrary<EncoderModel> models() {
    return AnyEncoder.models();
  }

  @Provide
  Arbitrary<EncoderModel> textModels() {
    return AnyText.models();
  }

  @Property(tries = 60)
  void shouldTakeWhatTheFlockTakes(
      @ForAll("models") EncoderModel model,
      @ForAll Fusing fusing,
      @ForAll @IntRange(min = 1, max = 12) int wanted,
      @ForAll Topology topology,
      @ForAll LinkKind link,
      @ForAll Schedule schedule,
      @ForAll @IntRange(min = 1, max = 2) int stages) {
    QuantisedEncoder quantised = AnyEncoder.quantise(model, fusing);
    assertRehearsed(quantised, wanted, topology, link, schedule, stages);
  }

  @Property(tries = 60)
  void shouldTakeWhatTheFlockTakesForATypicalText(
      @ForAll("textModels") EncoderModel model,
      @ForAll @IntRange(min = 1, max = 12) int wanted,
      @ForAll Topology topology,
      @ForAll LinkKind link,
      @ForAll Schedule schedule,
      @ForAll @IntRange(min = 1, max = 2) int stages) {
    assertRehearsed(AnyText.quantise(model), wanted, topology, link, schedule, stages);
  }

  private static void assertRehearsed(
      QuantisedEncoder quantised,
      int wanted,
      Topology topology,
      LinkKind link,
      Schedule schedule,
      int stages) {
    int nodes = Math.min(wanted, quantised.config().hidden());
    int staged = Math.min(stages, Math.min(nodes, quantised.config().layers()));
    PlanOptions options =
        PlanOptions.DEFAULT.nodes(nodes, topology).with(link).with(schedule).staged(staged);
    Plan plan = Planner.plan(quantised, BOARD, options);
    Layout layout = new Layout(plan);
    List<Integer> told = new ArrayList<>();
    PassForecast forecast = Rehearsal.typical(plan, layout, told::add).orElseThrow();
    assertEquals(taken(plan, layout), forecast.nanos());
    assertTrue(forecast.nodes().stream().allMatch(node -> node.computeNanos() > 0));
    assertEquals(told.stream().sorted().toList(), told);
    assertTrue(told.get(0) < 50 && told.get(told.size() - 1) < 100, () -> "per cent " + told);
  }

  /** By the second of two inputs. */
  private static long taken(Plan plan, Layout layout) {
    QuantisedEncoder model = (QuantisedEncoder) plan.model();
    EmulatedFlock flock = new EmulatedFlock(plan, layout.images());
    Coordinator coordinator = new Coordinator(flock);
    Classifier classifier = new Classifier(coordinator, coordinator.hello());
    byte[] input = input(plan, model);
    classifier.classify(input);
    long begin = flock.nanoseconds();
    classifier.classify(input);
    return flock.nanoseconds() - begin;
  }

  private static byte[] input(Plan plan, QuantisedEncoder model) {
    int[] tokens = Traffic.typicalTokens(plan);
    return tokens.length == 0
        ? FeatureInput.of(model, AnyEncoder.features(model.config(), 8))
        : TokenInput.of(
            model.config(),
            new TokenSequence("typical", tokens, new int[tokens.length]),
            plan.context());
  }
}
