package dunlin.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.host.plan.PlanOptions;
import dunlin.host.run.EmulatedFlock;
import dunlin.host.run.Sampling;
import dunlin.host.tokenizer.Tokenizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StorytellerTest extends WithTinyModel {
  @Test
  void shouldEndWithTheStoryAndLeaveItsLastTokenOut() throws IOException {
    List<String> pieces = new ArrayList<>();
    Story story = storyteller(3, pieces).tell(new int[] {1, 5}, 100, Sampling.GREEDY);
    assertEquals(Story.End.STORY, story.end());
    assertEquals(2, story.tokens().size());
    assertEquals(5, pieces.size(), "prompt, story, and the decoder's end: " + pieces);
    assertEquals(story.text(), String.join("", pieces));
    assertEquals("<1><5><%d><%d>.".formatted(story.tokens().toArray()), story.text());
  }

  @Test
  void shouldGiveThePromptOfAStoryThatEndsAtOnce() throws IOException {
    Story story = storyteller(1, new ArrayList<>()).tell(new int[] {1, 5}, 100, Sampling.GREEDY);
    assertEquals("<1><5>.", story.text());
    assertEquals(List.of(), story.tokens());
  }

  private Storyteller storyteller(int endsAt, List<String> pieces) throws IOException {
    SourceModel source = SourceModel.read(model.toString());
    BoardType board = BoardTypes.named("emulated");
    Built built = Built.of(source, null, board, PlanOptions.DEFAULT);
    return new Storyteller(
        new EmulatedFlock(built.plan(), built.images()), new EndingTokenizer(endsAt), pieces::add);
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
      throw new UnsupportedOperationException();
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
