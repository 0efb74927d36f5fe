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
import org.junit.jupiter.api.Test;

/** The example in docs/commands.md is this one, and it works. */
class ReadmeExampleTest {
  @Test
  void shouldStandInTheDocument() throws IOException {
    ShownExample.of(ReadmeExampleTest.class)
        .with("read(name)", "read(\"stories260K\")")
        .with("told = ", "Story story = ")
        .with("out::append", "System.out::print")
        .assertStandsIn("commands.md");
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
    Story told;
    // shown
    ImportedModel model = ImportedModel.read(name);
    PlanOptions options = PlanOptions.DEFAULT.nodes(4, Topology.TREE);
    Plan plan = Planner.plan(model.quantised(), BoardTypes.named("stm32f405"), options);
    try (Flock flock = Flock.emulate(plan, model.tokenizer())) {
      told = flock.tell("One day, a dog", 100, Sampling.of(0.8, 40, 1), out::append);
    }
    // end
    return told;
  }
}
