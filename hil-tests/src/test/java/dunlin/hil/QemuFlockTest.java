package dunlin.hil;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardType.Weights;
import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import dunlin.firmware.Frame;
import dunlin.firmware.Hello;
import dunlin.firmware.ImageHeader;
import dunlin.firmware.Request;
import dunlin.host.checkpoint.Checkpoints;
import dunlin.host.compile.Compiler;
import dunlin.host.compile.NodeImage;
import dunlin.host.model.FloatModel;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.Calibration;
import dunlin.host.quantise.Equalisation;
import dunlin.host.quantise.QuantisedModel;
import dunlin.host.quantise.Quantiser;
import dunlin.host.run.Console;
import dunlin.host.run.Coordinator;
import dunlin.host.run.EmulatedFlock;
import dunlin.host.run.Generator;
import dunlin.host.run.PassResult;
import dunlin.host.run.QemuFlock;
import dunlin.host.run.Sampling;
import dunlin.host.tokenizer.Tokenizer;
import dunlin.host.tokenizer.Tokenizers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real firmware on QEMU's boards. */
@ExtendWith(QemuRig.class)
@Tag("slow")
class QemuFlockTest {
  /** CONTRIBUTING.md tells how to ask for more. */
  private static final int STORY_TOKENS = Integer.getInteger("story.tokens", 24);

  private static final int CONTEXT = STORY_TOKENS + 40;

  private QuantisedModel model;
  private int[] prompt;

  @BeforeEach
  void readStories260K() {
    FloatModel floats = Checkpoints.read(SharedFiles.model("stories260K/stories260K.bin"));
    Tokenizer tokenizer = Tokenizers.read(SharedFiles.model("stories260K/tok512.bin"), 512);
    prompt = tokenizer.encode("One day, a dog");
    Calibration calibration = Calibration.measure(floats, List.of(prompt), tokens -> {});
    model = Quantiser.quantise(Equalisation.apply(floats, calibration));
  }

  @Test
  void shouldExchangeFramesBetweenTwoBoards() {
    QemuFlock flock = boot(plan(2));
    assertEquals(2, new Coordinator(flock).hello().nodes());
    int empty = Frame.PAYLOAD + Frame.CRC_BYTES;
    int introduction = empty + Hello.BYTES;
    long down = flock.board(1).bytesTo(1) - introduction;
    long up = flock.board(0).bytesTo(1) - introduction;
    // The host greets again where a boot's news crosses its greeting: once, as each boots once.
    long greetings = down / empty;
    assertTrue(greetings >= 1 && greetings <= 2, "the root's HELLOs: " + down + " bytes");
    assertEquals(greetings * empty, down, "the root's boot and HELLOs");
    assertTrue(up >= introduction && up <= greetings * introduction, "the child's: " + up);
    assertEquals(0, up % introduction, "the child's boot and answers");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void shouldTellTheStoryOfTheDesktop(int nodes) {
    Plan plan = plan(nodes);
    assertEquals(story(new EmulatedFlock(plan)), story(boot(plan)));
  }

  @ParameterizedTest
  @CsvSource({"mps2-an385, 2", "mps2-an386, 4", "mps2-an500, 2", "mps3-an547, 2"})
  void shouldTellItOnOtherCores(String board, int nodes) {
    Plan plan = plan(nodes, board);
    assertEquals(story(new EmulatedFlock(plan)), story(boot(plan)));
  }

  /** The root, and a child that the root has to miss. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void shouldGoOnWhenABoardIsKilledInMidStoryAndStartedAgain(int rank) {
    Plan plan = plan(2);
    QemuFlock flock = boot(plan);
    assertEquals(
        tokens(new EmulatedFlock(plan), () -> {}), tokens(flock, flock.board(rank)::powerCycle));
  }

  /** A text of 20 tokens; something happens after 8. */
  private List<Integer> tokens(Console flock, Runnable accident) {
    Coordinator coordinator = new Coordinator(flock);
    Generator generator = new Generator(coordinator, coordinator.hello());
    List<Integer> tokens = new ArrayList<>();
    generator.generate(
        prompt,
        20,
        Sampling.GREEDY,
        token -> {
          tokens.add(token);
          if (tokens.size() == 8) {
            accident.run();
          }
          return true;
        });
    return tokens;
  }

  @Test
  void shouldNameADamagedImage() {
    Plan plan = plan(1);
    byte[] bytes = Compiler.compile(plan).get(0).bytes().clone();
    bytes[bytes.length / 2] ^= 1;
    assertRefused("the node holds a damaged image: flash it again", boot(plan, bytes));
  }

  @Test
  void shouldNameAMissingImage() {
    assertRefused(
        "the node holds no image: build one and flash it",
        boot(plan(1), new byte[ImageHeader.BYTES]));
  }

  @Test
  void shouldNameWeightsForAnotherCore() {
    PlanOptions options = new PlanOptions(CONTEXT, 0, Weights.HELIUM, Inspection.NONE);
    assertRefused(
        "the node holds weights packed for another core: build its image for this board",
        boot(Planner.plan(model, BoardTypes.named("stm32f405"), options)));
  }

  @Test
  void shouldTellTheSameStoryAfterAReset() {
    Plan plan = plan(1);
    QemuFlock flock = boot(plan);
    List<Integer> before = story(flock);
    flock.board(0).reset();
    assertEquals(before, story(flock));
  }

  private Plan plan(int nodes) {
    return plan(nodes, "stm32f405");
  }

  private Plan plan(int nodes, String board) {
    PlanOptions options =
        new PlanOptions(CONTEXT, 0, null, Inspection.NONE).nodes(nodes, Topology.TREE);
    return Planner.plan(model, BoardTypes.named(board), options);
  }

  private static QemuFlock boot(Plan plan) {
    return QemuRig.boot(plan, Compiler.compile(plan));
  }

  private static QemuFlock boot(Plan plan, byte[] image) {
    NodeImage good = Compiler.compile(plan).get(0);
    return QemuRig.boot(plan, List.of(good.with(image)));
  }

  private static void assertRefused(String message, Console console) {
    Refusal refusal = assertThrows(Refusal.class, () -> new Coordinator(console).hello());
    assertEquals(message, refusal.getMessage());
  }

  /** Tokens, and a hash of the last one's logits. */
  private List<Integer> story(Console console) {
    Coordinator coordinator = new Coordinator(console);
    Generator generator = new Generator(coordinator, coordinator.hello());
    List<Integer> story = new ArrayList<>();
    int[] feed = prompt;
    while (story.size() < STORY_TOKENS) {
      PassResult pass = generator.feed(feed, Request.SAMPLE | Request.SEND_LOGITS, Sampling.GREEDY);
      story.add(pass.token());
      story.add(Arrays.hashCode(pass.logits()));
      feed = new int[] {pass.token()};
    }
    return story;
  }
}
