package dunlin.host.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import dunlin.firmware.Request;
import dunlin.hal.emulated.EmulatedBoard;
import dunlin.hal.emulated.EmulatedSpi;
import dunlin.host.SmallModels;
import dunlin.host.compile.Compiler;
import dunlin.host.compile.NodeImage;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.QuantisedModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a flock of five says when one of them is not as it should be. */
class FlockFaultTest {
  private static final LlamaConfig SHAPE =
      new LlamaConfig(16, 24, 2, 4, 2, 4, 30, 20, 1e-5, 10_000);
  private static final QuantisedModel MODEL = SmallModels.quantise(RandomModel.of(SHAPE, true, 1));
  private static final int[] PROMPT = {3, 1, 4, 1, 5, 9, 2};

  /** Nanoseconds: a node's patience is two seconds. */
  private static final long BOUND = 3_000_000_000L;

  private static Plan plan(int context, Topology topology) {
    PlanOptions options =
        new PlanOptions(context, 3, null, PlanOptions.Inspection.NONE).nodes(5, topology);
    return Planner.plan(MODEL, BoardTypes.named("emulated"), options);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void shouldRefuseANodeWithAnotherPlansImage(int rank) {
    Plan plan = plan(20, Topology.TREE);
    List<NodeImage> images = new ArrayList<>(Compiler.compile(plan));
    images.set(rank, Compiler.compile(plan(19, Topology.TREE)).get(rank));
    Coordinator coordinator = new Coordinator(new EmulatedFlock(plan, images));
    Refusal refusal = assertThrows(Refusal.class, coordinator::hello);
    assertTrue(refusal.getMessage().startsWith("rank " + rank + " has an image of plan "));
  }

  @Test
  void shouldRefuseTwoNodesOfOneRank() {
    Plan plan = plan(20, Topology.CHAIN);
    List<NodeImage> images = new ArrayList<>(Compiler.compile(plan));
    images.set(4, images.get(3));
    Coordinator coordinator = new Coordinator(new EmulatedFlock(plan, images));
    assertThrows(Refusal.class, coordinator::hello);
  }

  @Test
  void shouldNameANodeWithADamagedImage() {
    Plan plan = plan(20, Topology.TREE);
    List<NodeImage> images = Compiler.compile(plan);
    byte[] damaged = images.get(2).bytes();
    damaged[damaged.length - 1] ^= 1;
    Coordinator coordinator = new Coordinator(new EmulatedFlock(plan, images));
    Refusal refusal = assertThrows(Refusal.class, coordinator::hello);
    assertEquals("the node holds a damaged image: flash it again", refusal.getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void shouldNameALostNodeInBoundedTimeAndGoOnAfterAHello(Topology topology) {
    Plan plan = plan(20, topology);
    int[] expected = tell(new EmulatedFlock(plan));
    for (int rank = 1; rank < 5; rank++) {
      EmulatedFlock flock = new EmulatedFlock(plan);
      EmulatedBoard board = flock.board(rank);
      String message = refusal(flock, board::reset);
      assertTrue(message.startsWith("the node "), message);
      assertArrayEquals(expected, tell(flock));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldNameASlaveThatIsNotHeardInBoundedTimeAndGoOnAfterAHello(Topology topology) {
    Plan plan = overSpi(topology);
    int[] expected = tell(new EmulatedFlock(plan));
    for (int rank = 1; rank < 5; rank++) {
      EmulatedFlock flock = new EmulatedFlock(plan);
      EmulatedSpi slave = flock.board(rank).spi(0);
      String message = refusal(flock, () -> slave.holdReadyLow(true));
      assertTrue(message.startsWith("the node waited too long for a neighbour, at op "), message);
      slave.holdReadyLow(false);
      assertArrayEquals(expected, tell(flock));
    }
  }

  private static Plan overSpi(Topology topology) {
    PlanOptions options = PlanOptions.DEFAULT.nodes(5, topology).with(LinkKind.SPI);
    return Planner.plan(MODEL, BoardTypes.named("emulated"), options);
  }

  /** What the flock says in bounded time when something goes wrong in the middle of a text. */
  private static String refusal(EmulatedFlock flock, Runnable accident) {
    Coordinator coordinator = new Coordinator(flock);
    Generator generator = new Generator(coordinator, coordinator.hello());
    generator.feed(PROMPT, 0, Sampling.GREEDY);
    accident.run();
    long before = flock.emulation().now();
    Refusal refusal =
        assertThrows(
            Refusal.class, () -> generator.feed(new int[] {6}, Request.SAMPLE, Sampling.GREEDY));
    assertTrue(flock.emulation().now() - before < BOUND, "too late");
    return refusal.getMessage();
  }

  @Test
  void shouldNotWaitForEverForTheHelloOfASlaveThatIsNotHeard() {
    EmulatedFlock flock = new EmulatedFlock(overSpi(Topology.TREE));
    flock.board(2).spi(0).holdReadyLow(true);
    Refusal refusal = assertThrows(Refusal.class, new Coordinator(flock)::hello);
    assertTrue(refusal.getMessage().startsWith("the node does not answer"), refusal.getMessage());
  }

  private static int[] tell(EmulatedFlock flock) {
    Coordinator coordinator = new Coordinator(flock);
    List<Integer> tokens = new ArrayList<>();
    new Generator(coordinator, coordinator.hello())
        .generate(PROMPT, 10, Sampling.GREEDY, tokens::add);
    return tokens.stream().mapToInt(Integer::intValue).toArray();
  }
}
