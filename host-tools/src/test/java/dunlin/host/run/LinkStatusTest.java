package dunlin.host.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardTypes;
import dunlin.firmware.Frame;
import dunlin.firmware.Status;
import dunlin.hal.emulated.LineFault;
import dunlin.hal.emulated.LineFaults;
import dunlin.hal.emulated.Wire;
import dunlin.host.SmallModels;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A root, and two nodes below it one after the other: what each says of its links. */
class LinkStatusTest {
  private static final LlamaConfig SHAPE =
      new LlamaConfig(16, 24, 2, 4, 2, 4, 30, 200, 1e-5, 10_000);
  private static final Plan PLAN =
      Planner.plan(
          SmallModels.quantise(RandomModel.of(SHAPE, true, 1)),
          BoardTypes.named("emulated"),
          PlanOptions.DEFAULT.nodes(3, Topology.CHAIN));
  private static final int ASKED = Frame.PAYLOAD + Frame.CRC_BYTES;
  private static final int TOLD = ASKED + Status.BYTES;

  private final EmulatedFlock flock = new EmulatedFlock(PLAN);
  private final Coordinator coordinator = new Coordinator(flock);
  private final Generator generator = new Generator(coordinator, coordinator.hello());

  private List<LinkStatus> afterAText() {
    generator.generate(new int[] {3, 1, 4}, 50, Sampling.GREEDY, token -> true);
    return generator.links();
  }

  private static long sum(List<LinkStatus> links, ToLongFunction<LinkStatus> what) {
    return links.stream().mapToLong(what).sum();
  }

  /** Console and child; parent, console and child; parent and console. */
  @Test
  void shouldTellOfEveryLinkOfEveryNode() {
    assertEquals(
        List.of("0.0", "0.1", "1.0", "1.1", "1.2", "2.0", "2.1"),
        generator.links().stream()
            .map(link -> link.rank() + "." + link.port())
            .collect(Collectors.toList()));
  }

  @Test
  void shouldFindNothingWrongOnCleanWires() {
    List<LinkStatus> links = afterAText();
    assertEquals(0, sum(links, LinkStatus::framesResent));
    assertEquals(0, sum(links, LinkStatus::crcErrors));
    assertEquals(0, sum(links, LinkStatus::portErrors));
    assertTrue(links.stream().filter(link -> link.port() > 0).allMatch(l -> l.framesSent() > 50));
  }

  /**
   * Between two answers of node 0 lie a question to the node below it and five answers from there:
   * more than a window of three, so two acknowledgements go alone.
   */
  @Test
  void shouldCountEveryFrameAndByte() {
    LinkStatus before = generator.links().get(1);
    LinkStatus after = generator.links().get(1);
    assertEquals("0.1", after.rank() + "." + after.port());
    assertEquals(1, after.framesSent() - before.framesSent());
    assertEquals((1 + 2) * ASKED, after.bytesSent() - before.bytesSent());
    assertEquals(5, after.framesReceived() - before.framesReceived());
    assertEquals(5 * TOLD, after.bytesReceived() - before.bytesReceived());
  }

  @Test
  void shouldCountWhatWasDamagedAndSentAgain() {
    long seed = 1;
    for (Wire wire : flock.emulation().wires()) {
      wire.disturb(new LineFaults(Map.of(LineFault.FLIP, 1e-3)), seed++);
    }
    List<LinkStatus> links = afterAText();
    assertTrue(sum(links, LinkStatus::crcErrors) > 10);
    assertTrue(sum(links, LinkStatus::framesResent) > 10);
  }

  @Test
  void shouldStartAnewWhereANodeDoes() {
    long before = afterAText().get(5).framesSent() + generator.links().get(6).framesSent();
    flock.board(2).reset();
    List<LinkStatus> links = generator.links();
    assertTrue(links.get(5).framesSent() + links.get(6).framesSent() < before);
  }
}
