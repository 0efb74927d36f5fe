package dunlin.host.flock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardTypes;
import dunlin.host.SharedModels;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.run.Sampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The example in docs/commands.md is this one, and it works. */
class ReadmeExampleTest {
  private static final Path SOURCE =
      Path.of("src/test/java/dunlin/host/flock/ReadmeExampleTest.java");

  @Test
  void shouldStandInTheDocument() throws IOException {
    String example =
        Files.readAllLines(SOURCE).stream()
            .dropWhile(line -> !line.endsWith("// README"))
            .skip(1)
            .takeWhile(line -> !line.endsWith("// end"))
            .map(line -> line.replaceFirst("^ {4}", ""))
            .collect(Collectors.joining("\n"))
            .replace("read(name)", "read(\"stories260K\")")
            .replace("out::append", "System.out::print");
    String readme = Files.readString(Path.of("../docs/commands.md"));
    assertTrue(readme.contains("```java\n" + example + "\n}\n```"), "should show:\n" + example);
  }

  @Test
  void shouldTellAStory() {
    String stories260K = SharedModels.require("stories260K").toString();
    StringBuilder told = new StringBuilder();
    Story story = example(stories260K, told);
    assertEquals(story.text(), told.toString());
    assertTrue(story.text().startsWith("One day, a dog named "), story.text());
  }

  private static Story example(String name, StringBuilder out) {
    // README
    ImportedModel model = ImportedModel.read(name);
    PlanOptions options = PlanOptions.DEFAULT.nodes(4, Topology.TREE);
    Plan plan = Planner.plan(model.quantised(), BoardTypes.named("stm32f405"), options);
    try (Flock flock = Flock.emulate(plan, model.tokenizer())) {
      Story story = flock.tell("One day, a dog", 100, Sampling.of(0.8, 40, 1), out::append);
      // end
      return story;
    }
  }
}
