package dunlin.host.pi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import dunlin.host.SmallModels;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.run.Console;
import dunlin.host.run.Coordinator;
import dunlin.host.run.DeskFlock;
import dunlin.host.run.EmulatedFlock;
import dunlin.host.run.Generator;
import dunlin.host.run.Sampling;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The host as an SPI master, by the protocol that boards have between them. */
class SpiCableTest {
  private static final int CONTEXT = 40;
  private static final LlamaConfig SHAPE =
      new LlamaConfig(8, 11, 2, 2, 1, 4, 9, CONTEXT, 1e-5, 10_000);
  private static final int GAP = 10;

  private final Plan plan =
      Planner.plan(
          SmallModels.quantise(RandomModel.of(SHAPE, true, 9)),
          BoardTypes.named("stm32f405"),
          PlanOptions.DEFAULT.nodes(2, Topology.TREE));

  @Test
  void shouldTellTheStoryThatAUartTells() {
    EmulatedFlock flock = new EmulatedFlock(plan);
    EmulatedBus bus = bus(flock);
    try (DeskFlock desk = new DeskFlock(new SpiCable(bus, GAP), plan)) {
      assertEquals(story(new EmulatedFlock(plan)), story(desk));
      assertTrue(bus.transfers() > 2 * CONTEXT, "each pass is asked for and answered");
    }
  }

  @Test
  void shouldGoOnAfterATransferThatBroughtNoHeader() {
    EmulatedFlock flock = new EmulatedFlock(plan);
    EmulatedBus bus = bus(flock);
    SpiCable cable = new SpiCable(bus, GAP);
    bus.breakMiso(true);
    cable.write(new byte[300], 0, 300);
    assertFalse(cable.await(1, 10));
    assertEquals(0, cable.available());
    assertTrue(cable.errors() > 0);
    bus.breakMiso(false);
    assertEquals(story(new EmulatedFlock(plan)), story(new DeskFlock(cable, plan)));
  }

  @Test
  void shouldSayThatNobodyIsAtTheBus() {
    EmulatedFlock flock = new EmulatedFlock(plan);
    EmulatedBus bus = bus(flock);
    bus.breakMiso(true);
    Coordinator coordinator = new Coordinator(new DeskFlock(new SpiCable(bus, GAP), plan));
    Refusal refusal = assertThrows(Refusal.class, coordinator::hello);
    assertTrue(
        refusal
            .getMessage()
            .startsWith("the node does not answer (emulated bus: nothing has come)"),
        refusal.getMessage());
  }

  private static EmulatedBus bus(EmulatedFlock flock) {
    return new EmulatedBus(flock.emulation(), flock.port());
  }

  static List<Integer> story(Console console) {
    Coordinator coordinator = new Coordinator(console);
    List<Integer> tokens = new ArrayList<>();
    new Generator(coordinator, coordinator.hello())
        .generate(
            new int[] {1, 5, 6},
            CONTEXT,
            Sampling.GREEDY,
            token -> {
              tokens.add(token);
              return true;
            });
    return tokens;
  }
}
