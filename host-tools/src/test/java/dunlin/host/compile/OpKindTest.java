package dunlin.host.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dunlin.boards.BoardTypes;
import dunlin.host.AnyEncoder;
import dunlin.host.AnyText;
import dunlin.host.SmallEncoders;
import dunlin.host.SmallModels;
import dunlin.host.flock.ImportedEncoder;
import dunlin.host.flock.Progress;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.NormPlacement;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.EncoderConfig.Words;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.Nonlinearity;
import dunlin.host.model.RandomEncoder;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.Fusing;
import dunlin.host.quantise.QuantisedModel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What tables of costs must have prices for. */
class OpKindTest {
  @Test
  void shouldListWhatProgramsHaveAndNoMore() {
    Set<String> kinds = new TreeSet<>(Set.of(Workload.LINK));
    models()
        .flatMap(
            model -> Stream.of(plan(model, 1, Inspection.TAPS), plan(model, 3, Inspection.NONE)))
        .flatMap(plan -> new Layout(plan).workloads().stream())
        .forEach(work -> kinds.addAll(work.kinds()));
    kinds.remove(Workload.LINK); // of no op
    assertEquals(new TreeSet<>(OpKind.all()), kinds);
  }

  /**
   * A decoder; encoders of frames by both norms and both kinds of weights, and of texts with words
   * as wide as the stream, narrower ones, and bottlenecks.
   */
  private static Stream<QuantisedModel> models() {
    return Stream.of(
        SmallModels.plan().model(),
        ImportedEncoder.read("radar-gesture").quantised(null, Fusing.ALWAYS, Progress.NONE),
        AnyEncoder.quantise(random(frames()), Fusing.NEVER),
        AnyText.quantise(random(words())),
        AnyText.quantise(random(SmallEncoders.text(Pooling.FIRST_TOKEN))),
        AnyText.quantise(random(SmallEncoders.bottlenecks(Pooling.EVERY_TOKEN))));
  }

  private static EncoderModel random(EncoderConfig config) {
    return RandomEncoder.of("random", config, 1);
  }

  private static EncoderConfig frames() {
    return SmallEncoders.config(NormPlacement.PRE, Pooling.CLASS_TOKEN);
  }

  private static EncoderConfig words() {
    return EncoderConfig.ofText(
        9,
        new Words(19, 8, false, 2),
        8,
        11,
        1,
        3,
        2,
        Optional.empty(),
        Nonlinearity.GELU_ERF,
        Pooling.EVERY_TOKEN,
        1e-12,
        List.of("start", "end"));
  }

  private static Plan plan(QuantisedModel model, int nodes, Inspection inspection) {
    PlanOptions options = PlanOptions.DEFAULT.with(inspection).nodes(nodes, Topology.TREE);
    return Planner.plan(model, BoardTypes.named("emulated"), options);
  }
}
