package dunlin.host.flock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import dunlin.host.SmallModels;
import dunlin.host.compile.Layout;
import dunlin.host.compile.Traffic;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.run.Sampling;
import dunlin.host.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChatTest {
  private static final int CONTEXT = 24;
  private static final LlamaConfig SHAPE =
      new LlamaConfig(8, 11, 2, 2, 1, 4, 40, CONTEXT, 1e-5, 10_000);
  private static final Plan PLAN = plan();

  @Test
  void shouldFeedNothingTwice() {
    Traffic wires = new Layout(PLAN).traffic();
    Chat chat = flock().chat();
    Story first = chat.say("5 6", Limit.tokens(3), Sampling.GREEDY, piece -> {});
    int[] told = ints(first.tokens());
    assertEquals(3, told.length);
    assertCost(first.prompt(), wires, new int[] {1, 5, 6});
    assertCost(first.decoding(), wires, new int[] {told[0]}, new int[] {told[1]});

    Story second = chat.say("7 8", Limit.tokens(2), Sampling.GREEDY, piece -> {});
    assertCost(second.prompt(), wires, new int[] {told[2], 7, 8});
    assertCost(second.decoding(), wires, new int[] {second.tokens().get(0)});
  }

  @Test
  void shouldWriteWhatOneTextWouldBe() {
    Chat chat = flock().chat();
    Story first = chat.say("5 6", Limit.tokens(4), Sampling.GREEDY, piece -> {});
    Story second = chat.say("7 8", Limit.tokens(5), Sampling.GREEDY, piece -> {});

    String soFar = first.text().replaceFirst("^1 ", "") + "7 8";
    Story whole = flock().tell(soFar, 5, Sampling.GREEDY, piece -> {});
    assertEquals(second.tokens(), whole.tokens());
    assertEquals(whole.text(), first.text() + second.text());
  }

  private static void assertCost(Effort effort, Traffic wires, int[]... passes) {
    long bytes =
        Arrays.stream(passes).mapToLong(pass -> wires.pass(pass, true, 1).total().bytes()).sum();
    assertEquals(bytes, effort.wireBytes());
    assertEquals(Arrays.stream(passes).mapToInt(pass -> pass.length).sum(), effort.tokens());
  }

  @Test
  void shouldHandOnTheAnswerAlone() {
    StringBuilder heard = new StringBuilder();
    Chat chat = flock().chat();
    chat.say("5", Limit.tokens(1), Sampling.GREEDY, piece -> {});
    Story story = chat.say("7", Limit.tokens(2), Sampling.GREEDY, heard::append);
    assertEquals("7 " + heard, story.text());
  }

  @Test
  void shouldSayWhenTheContextIsFull() {
    Flock flock = flock();
    Chat chat = flock.chat();
    Story story = chat.say("5 6", Limit.NONE, Sampling.GREEDY, piece -> {});
    assertEquals(Story.End.CONTEXT, story.end());
    assertEquals(CONTEXT, story.effort().tokens());
    assertFalse(chat.fits("7"));
    assertTrue(flock.chat().fits("7"));
    assertThrows(Refusal.class, () -> chat.say("7", Limit.NONE, Sampling.GREEDY, piece -> {}));
  }

  @Test
  void shouldNotGoOnInATextThatAnotherHasReplaced() {
    Flock flock = flock();
    Chat one = flock.chat();
    one.say("5", Limit.tokens(1), Sampling.GREEDY, piece -> {});
    flock.tell("6", 1, Sampling.GREEDY, piece -> {});
    assertThrows(
        IllegalStateException.class,
        () -> one.say("7", Limit.tokens(1), Sampling.GREEDY, piece -> {}));
  }

  @Test
  void shouldEndAnAnswerWithItsSentence() {
    Limit limit = Limit.sentence(3);
    assertFalse(limit.reached(2, "A fox ran."));
    assertTrue(limit.reached(3, "A fox ran."));
    assertTrue(limit.reached(9, "\"Run!\" said the fox. \"Why?\" "));
    assertFalse(limit.reached(9, "A fox ran. The"));
    assertFalse(limit.reached(9, "\"Run!"), "in the middle of speech");
  }

  private static Flock flock() {
    return Flock.emulate(PLAN, new NumberTokenizer());
  }

  private static Plan plan() {
    PlanOptions options = new PlanOptions(0, 8, null, Inspection.NONE).nodes(3, Topology.CHAIN);
    return Planner.plan(
        SmallModels.quantise(RandomModel.of(SHAPE, true, 3)),
        BoardTypes.named("emulated"),
        options);
  }

  private static int[] ints(List<Integer> tokens) {
    return tokens.stream().mapToInt(Integer::intValue).toArray();
  }

  /** A text is its tokens' numbers, each with a blank behind it. */
  private static final class NumberTokenizer implements Tokenizer {
    @Override
    public int vocabulary() {
      return SHAPE.vocabulary();
    }

    @Override
    public int begin() {
      return 1;
    }

    @Override
    public boolean ends(int token) {
      return false;
    }

    @Override
    public int[] encode(String text) {
      return Arrays.stream(text.strip().split(" ")).mapToInt(Integer::parseInt).toArray();
    }

    @Override
    public Decoder decoder() {
      return new Decoder() {
        @Override
        public String next(int token) {
          return token + " ";
        }

        @Override
        public String end() {
          return "";
        }
      };
    }
  }
}
