package dunlin.host.flock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardTypes;
import dunlin.host.SharedModels;
import dunlin.host.features.FeatureFiles;
import dunlin.host.model.Features;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The example in docs/encoders.md is this one, and it works. */
class EncoderExampleTest {
  private static final Path SOURCE =
      Path.of("src/test/java/dunlin/host/flock/EncoderExampleTest.java");

  @Test
  void shouldStandInTheDocument() throws IOException {
    String example =
        Files.readAllLines(SOURCE).stream()
            .dropWhile(line -> !line.endsWith("// example"))
            .skip(1)
            .takeWhile(line -> !line.endsWith("// end"))
            .map(line -> line.replaceFirst("^ {4}", ""))
            .collect(Collectors.joining("\n"))
            .replace("read(name)", "read(\"kwt1\")")
            .replace("read(wav,", "read(Path.of(\"yes.wav\"),")
            .replace("out.accept", "System.out.println");
    String page = Files.readString(Path.of("../docs/encoders.md"));
    assertTrue(page.contains("```java\n" + example + "\n```"), "should show:\n" + example);
  }

  @Test
  void shouldHearAWord() {
    Path kwt1 = SharedModels.require("kwt1");
    List<String> heard = new ArrayList<>();
    example(kwt1.toString(), kwt1.resolve("yes_1000ms.wav"), heard::add);
    assertEquals(List.of("yes"), heard);
  }

  private static void example(String name, Path wav, Consumer<String> out) {
    // example
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
