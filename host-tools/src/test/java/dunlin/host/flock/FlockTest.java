package dunlin.host.flock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import dunlin.firmware.ImageHeader;
import dunlin.host.SmallModels;
import dunlin.host.compile.Compiler;
import dunlin.host.compile.Images;
import dunlin.host.compile.NodeImage;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.QuantisedModel;
import dunlin.host.run.EmulatedFlock;
import dunlin.host.run.Sampling;
import dunlin.host.tokenizer.Tokenizer;
import dunlin.kernels.Dsp;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlockTest {
  /** Of a model whose greedy texts vary. */
  private static final long SEED = 9;

  private static final LlamaConfig CONFIG = new LlamaConfig(8, 11, 2, 2, 1, 4, 9, 12, 1e-5, 10_000);

  @Test
  void shouldEndWithTheStoryAndLeaveItsLastTokenOut() {
    List<String> pieces = new ArrayList<>();
    Story story = flock(3).tell("five", 100, Sampling.GREEDY, pieces::add);
    assertEquals(Story.End.STORY, story.end());
    assertEquals(2, story.tokens().size());
    assertEquals(5, pieces.size(), "prompt, story, and the decoder's end: " + pieces);
    assertEquals(story.text(), String.join("", pieces));
    assertEquals("<1><5><%d><%d>.".formatted(story.tokens().toArray()), story.text());
  }

  @Test
  void shouldGiveThePromptOfAStoryThatEndsAtOnce() {
    Story story = flock(1).tell("five", 100, Sampling.GREEDY, piece -> {});
    assertEquals("<1><5>.", story.text());
    assertEquals(List.of(), story.tokens());
  }

  @Test
  void shouldTellTheSameStoryAgain() {
    Flock flock = flock(Integer.MAX_VALUE);
    Story first = flock.tell("five", 100, Sampling.GREEDY, piece -> {});
    Story again = flock.tell("five", 100, Sampling.GREEDY, piece -> {});
    assertEquals(Story.End.CONTEXT, first.end());
    assertEquals(first.text(), again.text());
    assertEquals(first.tokens(), again.tokens());
    assertEquals(first.effort().wireBytes(), again.effort().wireBytes());
    assertEquals(first.effort().nanoseconds(), again.effort().nanoseconds());
  }

  @Test
  void shouldRefuseBoardsThatHoldAnotherPlan() {
    Plan wanted = plan(8);
    EmulatedFlock boards = new EmulatedFlock(plan(4));
    assertRefused(
        "the boards hold plan %016x, not %016x: flash the boards with this plan's images"
            .formatted(plan(4).hash(), wanted.hash()),
        wanted,
        boards);
  }

  @Test
  void shouldNameABoardWhoseImageIsNotThePlans() {
    Plan plan = plan(8);
    List<NodeImage> images = Compiler.compile(plan);
    byte[] other = images.get(1).bytes();
    int right = Dsp.load32(other, ImageHeader.BODY_CRC);
    other[other.length - 1] ^= 1;
    Images.sealed(other); // in place
    EmulatedFlock boards = new EmulatedFlock(plan, images);
    int wrong = Dsp.load32(other, ImageHeader.BODY_CRC);
    assertRefused(
        "rank 1 holds image %08x, not %08x: flash the boards with this plan's images"
            .formatted(wrong, right),
        plan,
        boards);
  }

  private static void assertRefused(String message, Plan plan, EmulatedFlock boards) {
    List<NodeImage> images = Compiler.compile(plan);
    Refusal refusal =
        assertThrows(Refusal.class, () -> LiveBoards.over(plan, images, boards, boards));
    assertEquals(message, refusal.getMessage());
  }

  private static Flock flock(int endsAt) {
    return Flock.emulate(plan(8), new EndingTokenizer(endsAt));
  }

  private static Plan plan(int chunk) {
    QuantisedModel model = SmallModels.quantise(RandomModel.of(CONFIG, true, SEED));
    PlanOptions options = new PlanOptions(0, chunk, null, Inspection.NONE);
    return Planner.plan(model, BoardTypes.named("emulated"), options.nodes(3, Topology.CHAIN));
  }

  /** Any story ends at the {@code endsAt}-th token that is asked for. */
  private static final class EndingTokenizer implements Tokenizer {
    private final int endsAt;
    private int asked;

    EndingTokenizer(int endsAt) {
      this.endsAt = endsAt;
    }

    @Override
    public int vocabulary() {
      return 9;
    }

    @Override
    public int begin() {
      return 1;
    }

    @Override
    public boolean ends(int token) {
      return ++asked == endsAt;
    }

    @Override
    public int[] encode(String text) {
      return new int[] {5};
    }

    @Override
    public Decoder decoder() {
      return new Decoder() {
        @Override
        public String next(int token) {
          return "<" + token + ">";
        }

        @Override
        public String end() {
          return ".";
        }
      };
    }
  }
}
