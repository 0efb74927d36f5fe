package dunlin.hil;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardTypes;
import dunlin.boards.sni.ManagedNode;
import dunlin.host.compile.Compiler;
import dunlin.host.flock.ImportedModel;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.run.EmulatedFlock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The node as managed code on natives, as a MicroEJ VEE would run it. */
class ManagedNodeTest {
  private static final Path STINT = Path.of("..", "models", "stint");
  private static final int TOKENS = 40;

  @Test
  void shouldBeSmall() {
    ManagedNode node = ManagedNode.build();
    Map<String, byte[]> files = node.classFiles();
    Budget.named("managed-classes").check(files.size());
    Budget.named("managed-bytes").check(files.values().stream().mapToInt(f -> f.length).sum());
    Budget.named("managed-natives").check(node.natives().size());
  }

  @Test
  @Tag("slow")
  void shouldTellTheStoryThatTheFirmwareTells() throws IOException {
    ImportedModel model = ImportedModel.read(STINT.toString());
    Plan plan = plan(model);
    GoldenStory expected = GoldenStory.tell(new EmulatedFlock(plan), model.tokenizer(), TOKENS);
    DesktopSni sni = DesktopSni.built();
    ManagedConsole console = boot(sni, plan, UnaryOperator.identity(), () -> {});
    assertEquals(expected, GoldenStory.tell(console, model.tokenizer(), TOKENS));
  }

  private static Plan plan(ImportedModel model) {
    return Planner.plan(model.quantised(), BoardTypes.named(DesktopSni.BOARD), PlanOptions.DEFAULT);
  }

  private static ManagedConsole boot(
      DesktopSni sni, Plan plan, UnaryOperator<byte[]> instrument, Runnable afterTurn) {
    ManagedDesk desk = ManagedLoader.desk(sni, instrument);
    desk.boot(Compiler.compile(plan).get(0).bytes());
    return new ManagedConsole(desk, afterTurn);
  }

  /** What a step of the node takes. */
  private static final class Steps {
    private long calls;
    private long most;
    private double sum;

    void step() {
      long now = Tally.calls();
      most = Math.max(most, now - calls);
      sum += now - calls;
      calls = now;
    }
  }

  @Test
  @Tag("slow")
  void shouldCallFewMethodsAnOpAndAllocateNothing() throws IOException {
    ImportedModel model =
        ImportedModel.read(SharedFiles.model("stories260K/stories260K.bin").toString());
    Plan plan = plan(model);
    DesktopSni sni = DesktopSni.built();
    Steps steps = new Steps();
    ManagedConsole console = boot(sni, plan, Tally.counting(sni), steps::step);
    assertTrue(Tally.allocations() > 0);
    long booted = Tally.allocations();
    steps.calls = Tally.calls();
    GoldenStory told = GoldenStory.tell(console, model.tokenizer(), TOKENS);
    assertEquals(booted, Tally.allocations());
    Budget.named("managed-calls-an-op").check((double) steps.most);
    Budget.named("managed-calls-a-token").check(steps.sum / told.tokens().size());
  }
}
