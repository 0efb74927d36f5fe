package dunlin.hil;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dunlin.boards.BoardTypes;
import dunlin.host.compile.Compiler;
import dunlin.host.flock.ImportedModel;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.QuantisedModel;
import dunlin.host.run.EmulatedFlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The story that {@code ./dunlin run} tells, on any flock. After a change of the model or of the
 * integers, {@code -Dgolden.write=true} writes it anew, and the commit says why.
 */
@ExtendWith(QemuRig.class)
@Tag("slow")
class GoldenStoryTest {
  private static final Path MODEL = Path.of("..", "models", "stint");
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden-story.json");

  /** QEMU's boards tell the beginning; -Dgolden.tokens=512 has them tell all of it. */
  private static final int TOKENS_ON_QEMU = Integer.getInteger("golden.tokens", 24);

  private static ImportedModel model;
  private static QuantisedModel quantised;

  @BeforeEach
  void readModel() throws IOException {
    assumeTrue(Files.exists(MODEL), "models/stint is not there");
    if (model == null) {
      model = ImportedModel.read(MODEL.toString());
      quantised = model.quantised();
      if (Boolean.getBoolean("golden.write")) {
        tellOnEmulated(1).write(GOLDEN);
      }
    }
    assertTrue(Files.exists(GOLDEN), "no golden story: write it with -Dgolden.write=true");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 8})
  void shouldBeTheSameOnAnyNumberOfNodes(int nodes) throws IOException {
    assertEquals(GoldenStory.read(GOLDEN), tellOnEmulated(nodes));
  }

  @Test
  void shouldBeTheSameOnFourQemuBoards() throws IOException {
    GoldenStory golden = GoldenStory.read(GOLDEN);
    int tokens = Math.min(TOKENS_ON_QEMU, golden.tokens().size());
    Plan plan = plan(4, "stm32f405");
    GoldenStory told =
        GoldenStory.tell(QemuRig.boot(plan, Compiler.compile(plan)), model.tokenizer(), tokens);
    assertEquals(golden.first(tokens), told.first(tokens));
  }

  private static GoldenStory tellOnEmulated(int nodes) {
    return GoldenStory.tell(
        new EmulatedFlock(plan(nodes, "emulated")), model.tokenizer(), Integer.MAX_VALUE);
  }

  private static Plan plan(int nodes, String board) {
    PlanOptions options = PlanOptions.DEFAULT.nodes(nodes, Topology.TREE);
    return Planner.plan(quantised, BoardTypes.named(board), options);
  }
}
