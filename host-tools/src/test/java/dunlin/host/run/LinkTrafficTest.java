package dunlin.host.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardTypes;
import dunlin.hal.emulated.SpiLink;
import dunlin.hal.emulated.Wire;
import dunlin.host.SmallModels;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.QuantisedModel;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a flock sends does not depend on how it travels. */
class LinkTrafficTest {
  private static final LlamaConfig SHAPE =
      new LlamaConfig(130, 24, 2, 4, 2, 4, 300, 20, 1e-5, 10_000);
  private static final QuantisedModel MODEL = SmallModels.quantise(RandomModel.of(SHAPE, true, 1));
  private static final int[] PROMPT = {3, 1, 4, 1, 5, 9, 2};

  /** Bytes on a wire, forward and backward. */
  private record Traffic(long forward, long backward) {}

  private static List<Wire> tell(Topology topology, LinkKind link) {
    PlanOptions options = PlanOptions.DEFAULT.nodes(7, topology).with(link);
    EmulatedFlock flock =
        new EmulatedFlock(Planner.plan(MODEL, BoardTypes.named("emulated"), options));
    Transcript.of(flock, PROMPT, 10, Sampling.of(1, 40, 7));
    return flock.emulation().wires();
  }

  private static List<Traffic> traffic(List<Wire> wires) {
    return wires.stream()
        .map(wire -> new Traffic(wire.forwardBytes(), wire.backwardBytes()))
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void shouldCarryTheSameBytesOnEveryWireByAnyKindOfLink(Topology topology) {
    List<Wire> uarts = tell(topology, LinkKind.UART);
    List<Wire> spis = tell(topology, LinkKind.SPI);
    assertEquals(traffic(uarts), traffic(spis));
    assertEquals(6, spis.stream().filter(SpiLink.class::isInstance).count());
    for (Wire wire : spis) {
      assertEquals(0, wire.overruns());
      if (wire instanceof SpiLink spi) {
        assertTrue(spi.clockedBytes() > Math.max(spi.forwardBytes(), spi.backwardBytes()));
      }
    }
  }
}
