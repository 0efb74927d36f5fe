package dunlin.host.flock;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dunlin.boards.BoardTypes;
import dunlin.host.SharedModels;
import dunlin.host.features.FeatureFiles;
import dunlin.host.model.Features;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The example in docs/encoders.md is this one, and it works. */
class EncoderExampleTest {
  @Test
  void shouldStandInTheDocument() throws IOException {
    ShownExample.of(EncoderExampleTest.class)
        .with("read(name)", "read(\"kwt1\")")
        .with("read(wav,", "read(Path.of(\"yes.wav\"),")
        .with("out.accept", "System.out.println")
        .assertStandsIn("encoders.md");
  }

  @Test
  void shouldHearAWord() {
    Path kwt1 = SharedModels.require("kwt1");
    List<String> heard = new ArrayList<>();
    example(kwt1.toString(), kwt1.resolve("yes_1000ms.wav"), heard::add);
    assertEquals(List.of("yes"), heard);
  }

  private static void example(String name, Path wav, Consumer<String> out) {
    // shown
    ImportedEncoder model = ImportedEncoder.read(name);
    PlanOptions options = PlanOptions.DEFAULT.nodes(4, Topology.TREE);
    Plan plan = Planner.plan(model.quantised(), BoardTypes.named("stm32f405"), options);
    try (EncoderFlock flock = EncoderFlock.emulate(plan)) {
      for (Features clip : FeatureFiles.read(wav, model.model().config())) {
        out.accept(flock.classify(clip).label());
      }
    }
    // end
  }
}
