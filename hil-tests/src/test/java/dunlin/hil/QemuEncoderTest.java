package dunlin.hil;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dunlin.boards.BoardTypes;
import dunlin.host.compile.Compiler;
import dunlin.host.compile.NodeImage;
import dunlin.host.features.FeatureFiles;
import dunlin.host.features.SelfFeatures;
import dunlin.host.flock.ImportedEncoder;
import dunlin.host.flock.Progress;
import dunlin.host.model.Features;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.Fusing;
import dunlin.host.quantise.QuantisedEncoder;
import dunlin.host.run.Classifier;
import dunlin.host.run.Console;
import dunlin.host.run.Coordinator;
import dunlin.host.run.EmulatedFlock;
import dunlin.host.run.FeatureInput;
import dunlin.host.run.PassResult;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Encoders in real firmware on QEMU's boards: the desktop's logits, to the last bit. */
@ExtendWith(QemuRig.class)
@Tag("slow")
class QemuEncoderTest {
  /** CONTRIBUTING.md tells how to ask for all four clips. */
  private static final int CLIPS = Integer.getInteger("kwt.clips", 1);

  @ParameterizedTest
  @CsvSource({"stm32f405, 4", "mps2-an500, 2"})
  void shouldHearWhatTheDesktopHears(String board, int nodes) {
    Path folder = SharedFiles.model("kwt1");
    ImportedEncoder kwt = ImportedEncoder.read(folder.toString());
    Plan plan = plan(kwt.quantised(null, Progress.NONE), board, nodes);
    Classifier boards = classifier(boot(plan));
    Classifier desktop = classifier(new EmulatedFlock(plan));
    for (String clip : List.of("yes", "no", "silence", "noise").subList(0, CLIPS)) {
      Path wav = folder.resolve(clip + "_1000ms.wav");
      Features features = FeatureFiles.read(wav, kwt.model().config()).get(0);
      assertSame(desktop, boards, plan, features);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "radar-gesture, stm32f405, 2",
    "ecgformer, mps2-an385, 1",
    "ecgformer, mps2-an386, 3",
    "radar-gesture, mps3-an547, 1",
    "eegformer, mps2-an500, 1"
  })
  void shouldClassifyAsTheDesktopDoes(String model, String board, int nodes) {
    ImportedEncoder encoder = ImportedEncoder.read(model);
    for (Fusing fusing : List.of(Fusing.NEVER, Fusing.ALWAYS)) {
      Plan plan = plan(encoder.quantised(null, fusing, Progress.NONE), board, nodes);
      Features features = SelfFeatures.of(encoder.model().config()).get(0);
      assertSame(classifier(new EmulatedFlock(plan)), classifier(boot(plan)), plan, features);
    }
  }

  private static void assertSame(
      Classifier desktop, Classifier boards, Plan plan, Features features) {
    byte[] input = FeatureInput.of((QuantisedEncoder) plan.model(), features);
    PassResult expected = desktop.classify(input);
    PassResult actual = boards.classify(input);
    assertArrayEquals(expected.logits(), actual.logits(), features.name());
    assertEquals(expected.token(), actual.token(), features.name());
  }

  private static Plan plan(QuantisedEncoder quantised, String board, int nodes) {
    PlanOptions options = PlanOptions.DEFAULT.nodes(nodes, Topology.TREE);
    return Planner.plan(quantised, BoardTypes.named(board), options);
  }

  private static Classifier classifier(Console console) {
    Coordinator coordinator = new Coordinator(console);
    return new Classifier(coordinator, coordinator.hello());
  }

  private static Console boot(Plan plan) {
    List<NodeImage> images = Compiler.compile(plan);
    return QemuRig.boot(plan, images);
  }
}
