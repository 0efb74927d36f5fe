package dunlin.host.flock;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dunlin.boards.BoardTypes;
import dunlin.host.SmallModels;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.QuantisedModel;
import dunlin.host.run.Sampling;
import dunlin.host.tokenizer.Tokenizer;
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
    assertEquals(
        first,
        new Story(
            again.text(),
            again.tokens(),
            again.end(),
            again.wireBytes(),
            again.nanoseconds(),
            first.seconds()));
  }

  private static Flock flock(int endsAt) {
    QuantisedModel model = SmallModels.quantise(RandomModel.of(CONFIG, true, SEED));
    PlanOptions options = PlanOptions.DEFAULT.nodes(3, Topology.CHAIN);
    Plan plan = Planner.plan(model, BoardTypes.named("emulated"), options);
    return Flock.emulate(plan, new EndingTokenizer(endsAt));
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
