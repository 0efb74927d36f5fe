package dunlin.host.pi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.hal.Machine;
import dunlin.hal.emulated.BoardSpec;
import dunlin.hal.emulated.EmulatedBoard;
import dunlin.hal.emulated.Emulation;
import dunlin.host.SmallModels;
import dunlin.host.compile.Compiler;
import dunlin.host.compile.NodeImage;
import dunlin.host.flash.FlashJob;
import dunlin.host.flash.FlockFlasher;
import dunlin.host.flock.Progress;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.run.DeskFlock;
import dunlin.host.run.EmulatedFlock;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A host at the root's SPI port, whose console's UART nobody uses. */
class SpiHostTest {
  private static final LlamaConfig SHAPE = new LlamaConfig(8, 11, 2, 2, 1, 4, 9, 40, 1e-5, 10_000);
  private static final int GAP = 10;
  private static final int FLASH_BYTES = 32_768;

  private final Plan plan = plan(LinkKind.SPI);
  private final Plan uartHost = plan(LinkKind.UART);
  private final List<NodeImage> images = Compiler.compile(plan);

  @Test
  void shouldTellTheStoryThatAUartTells() {
    EmulatedFlock flock = new EmulatedFlock(plan, images);
    try (DeskFlock desk = new DeskFlock(cable(flock), plan)) {
      assertEquals(SpiCableTest.story(new EmulatedFlock(uartHost)), SpiCableTest.story(desk));
    }
  }

  @Test
  void shouldFlashBoardsThatHoldNothing() {
    EmulatedFlock flock = EmulatedFlock.empty(plan, FLASH_BYTES);
    SpiCable cable = cable(flock);
    FlockFlasher flasher = FlockFlasher.over(job -> cable, false, Progress.NONE);
    for (int rank = 0; rank < images.size(); rank++) {
      assertTrue(flasher.flash(job(rank)).started());
      flasher.verify(job(rank));
      byte[] image = images.get(rank).bytes();
      byte[] flash = flock.board(rank).flash().bytes();
      assertArrayEquals(image, Arrays.copyOf(flash, image.length));
    }
  }

  private FlashJob job(int rank) {
    BoardType board = plan.members().get(rank).board();
    byte[] image = images.get(rank).bytes();
    return FlashJob.ofImage(rank, board, "SPI", null, plan.wiring().route(rank), image);
  }

  private static Plan plan(LinkKind host) {
    return Planner.plan(
        SmallModels.quantise(RandomModel.of(SHAPE, true, 9)),
        BoardTypes.named("emulated"),
        PlanOptions.DEFAULT.nodes(2, Topology.TREE).hostedBy(host));
  }

  /** To the root's first SPI port, by way of a board that is nothing but a master. */
  private static SpiCable cable(EmulatedFlock flock) {
    Emulation emulation = flock.emulation();
    BoardSpec root = flock.board(0).spec();
    BoardSpec spec =
        new BoardSpec(
            "Raspberry Pi",
            new BoardSpec.FlashSpec(0, 4, 4, 0, 0),
            List.of(),
            List.of(),
            root.spis().subList(0, 1),
            0,
            0,
            List.of(0, 0, 0),
            0);
    EmulatedBoard master = emulation.add(spec, board -> IDLE);
    emulation.wire(master.spi(0), flock.board(0).spi(0));
    return new SpiCable(new EmulatedBus(emulation, master.spi(0)), GAP);
  }

  private static final Machine IDLE = (now, wake) -> {};
}
