package dunlin.host.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import dunlin.firmware.Fault;
import dunlin.firmware.Frame;
import dunlin.firmware.Request;
import dunlin.hal.Port;
import dunlin.hal.emulated.Emulation;
import dunlin.hal.emulated.HostPort;
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
import dunlin.kernels.Dsp;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
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

  /** Nanoseconds: a node's patience of two seconds, and two HELLOs' of 15. */
  private static final long BOUND = 35_000_000_000L;

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

  /** A request that waited for a dead child would keep a HELLO from being read. */
  @Test
  void shouldAnswerAHelloAfterARequestForWhichAChildIsMissing() {
    EmulatedFlock flock = new EmulatedFlock(plan(20, Topology.CHAIN));
    flock.board(1).stick();
    HostLink host = new HostLink(flock);
    host.greet();
    assertEquals(Frame.HELLO, host.await(HostLink.Patience.HELLO)[Frame.KIND]);
    host.release();
    Dsp.store16(host.outgoing(), Frame.PAYLOAD + Request.ROWS, 1);
    host.send(Frame.REQUEST, Request.TOKENS + 4, 0);
    byte[] answer = host.await(HostLink.Patience.PASS);
    while (answer[Frame.KIND] == Frame.HELLO) { // it has booted, or answers
      host.release();
      answer = host.await(HostLink.Patience.PASS);
    }
    assertEquals(Frame.FAULT, answer[Frame.KIND]);
    assertEquals(Fault.NO_NODE, Dsp.load32(answer, Frame.PAYLOAD + Fault.CODE));
    host.release();
    flock.board(1).reset();
    assertEquals(0, new Coordinator(flock).hello().rank());
  }

  @ParameterizedTest
  @EnumSource
  void shouldTellTheSameWhenAnyNodeIsResetAtAnyToken(Topology topology) {
    Plan plan = plan(20, topology);
    int[] expected = tell(new EmulatedFlock(plan), 0, flock -> {});
    for (int rank = 0; rank < 5; rank++) {
      for (int token = 0; token < expected.length - 1; token++) {
        int node = rank;
        assertArrayEquals(
            expected,
            tell(new EmulatedFlock(plan), token, flock -> flock.board(node).reset()),
            "rank " + rank + " at token " + token);
      }
    }
  }

  /** While its frames are under way, or it computes, or waits: virtual time is that of wires. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void shouldTellTheSameWhenANodeIsResetInMidPass(int rank) {
    Plan plan = plan(20, Topology.TREE);
    int[] expected = tell(new EmulatedFlock(plan), 0, flock -> {});
    EmulatedFlock whole = new EmulatedFlock(plan);
    tell(whole, 0, flock -> {});
    long duration = whole.emulation().now();
    for (int part = 1; part < 40; part++) {
      EmulatedFlock flock = new EmulatedFlock(plan);
      long at = duration * part / 40;
      Console interrupted = new InterruptedConsole(flock, at, () -> flock.board(rank).reset());
      Coordinator coordinator = new Coordinator(interrupted);
      assertArrayEquals(expected, tell(coordinator, token -> {}), "at " + at + " ns");
    }
  }

  /** Lets something happen at a virtual time. */
  private record InterruptedConsole(EmulatedFlock flock, long at, Runnable accident)
      implements Console {
    @Override
    public Port port() {
      return flock.port();
    }

    @Override
    public boolean await(int bytes) {
      Emulation emulation = flock.emulation();
      HostPort port = (HostPort) flock.port();
      if (emulation.now() < at) {
        if (emulation.run(port.readable(bytes), at)) {
          return true;
        }
        accident.run();
      }
      return flock.await(bytes);
    }

    @Override
    public String state() {
      return flock.state();
    }
  }

  /** Whoever waits for it asks, and a transfer brings what the slave has to say. */
  @ParameterizedTest
  @EnumSource
  void shouldTellTheSameWhenASlavesReadyLineIsStuck(Topology topology) {
    Plan plan = overSpi(topology);
    int[] expected = tell(new EmulatedFlock(plan), 0, flock -> {});
    for (int rank = 1; rank < 5; rank++) {
      EmulatedFlock flock = new EmulatedFlock(plan);
      flock.board(rank).spi(0).holdReadyLow(true);
      assertArrayEquals(expected, tell(flock, 0, f -> {}));
    }
  }

  private static Plan overSpi(Topology topology) {
    PlanOptions options = PlanOptions.DEFAULT.nodes(5, topology).with(LinkKind.SPI);
    return Planner.plan(MODEL, BoardTypes.named("emulated"), options);
  }

  @ParameterizedTest
  @EnumSource
  void shouldNameWhoDoesNotComeBackInBoundedTime(Topology topology) {
    Plan plan = plan(20, topology);
    for (int rank = 1; rank < 5; rank++) {
      int wire = rank - 1; // to its parent
      EmulatedFlock flock = new EmulatedFlock(plan);
      Refusal refusal =
          assertThrows(
              Refusal.class, () -> tell(flock, 3, f -> f.emulation().wires().get(wire).cut(true)));
      assertTrue(refusal.getMessage().startsWith("no answer from rank "), refusal.getMessage());
      assertTrue(refusal.getMessage().contains(" " + rank), refusal.getMessage());
      assertTrue(flock.emulation().now() < BOUND, "too late");
    }
  }

  /** A text of ten tokens; something happens to the flock after so many. */
  private static int[] tell(EmulatedFlock flock, int token, Consumer<EmulatedFlock> accident) {
    return tell(
        new Coordinator(flock),
        taken -> {
          if (taken == token) {
            accident.accept(flock);
          }
        });
  }

  private static int[] tell(Coordinator coordinator, IntConsumer afterToken) {
    List<Integer> tokens = new ArrayList<>();
    IntPredicate sink =
        token -> {
          afterToken.accept(tokens.size());
          return tokens.add(token);
        };
    new Generator(coordinator, coordinator.hello()).generate(PROMPT, 10, Sampling.GREEDY, sink);
    return tokens.stream().mapToInt(Integer::intValue).toArray();
  }
}
