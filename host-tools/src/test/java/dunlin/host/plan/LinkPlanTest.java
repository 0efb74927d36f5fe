package dunlin.host.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import dunlin.host.SmallModels;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import dunlin.host.quantise.QuantisedModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By which ports of which boards a flock is linked. */
class LinkPlanTest {
  private static final LlamaConfig SHAPE =
      new LlamaConfig(16, 24, 2, 4, 2, 4, 30, 20, 1e-5, 10_000);
  private static final QuantisedModel MODEL = SmallModels.quantise(RandomModel.of(SHAPE, true, 1));

  private static Plan plan(BoardType board, int nodes, Topology topology, LinkKind link) {
    return Planner.plan(MODEL, board, PlanOptions.DEFAULT.nodes(nodes, topology).with(link));
  }

  /** A board with so many ports of each kind, the console's included. */
  private static BoardType board(int uarts, int spis) {
    BoardType type = BoardTypes.named("stm32f405");
    BoardType.Uarts uart = type.uart();
    BoardType.Spis spi = type.spi();
    return new BoardType(
        "mine",
        type.description(),
        type.weights(),
        type.imageBytes(),
        type.ram(),
        new BoardType.Uarts(uarts, uart.baud(), uart.receiveQueue(), uart.transmitQueue()),
        new BoardType.Spis(
            spis, spi.hertz(), spi.gapMicros(), spi.receiveQueue(), spi.transmitQueue()),
        type.flash());
  }

  @ParameterizedTest
  @CsvSource({"UART, 1", "SPI, 6"})
  void shouldNumberTheParentsPortFirstAndThenTheChildrens(LinkKind link, int first) {
    Wiring wiring = plan(board(6, 4), 9, Topology.TREE, link).wiring();
    int child = wiring.children(0).get(2);
    int grandchild = wiring.children(child).get(1);
    assertEquals(-1, wiring.parentPort(0));
    assertEquals(first + 2, wiring.childPort(0, child));
    assertEquals(first + 3, wiring.endPort(0));
    assertEquals(first, wiring.parentPort(child));
    assertEquals(first + 2, wiring.childPort(child, grandchild));
    assertEquals(first + 1 + wiring.children(child).size(), wiring.endPort(child));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "6 | 3 | 13 | TREE | SPI | a tree of 13 nodes takes 4 SPI links at rank 1, and mine has 3:"
            + " choose --topology tree-2 or --topology chain or --topology ring or --link uart",
        "3 | 8 | 5 | TREE | UART | a tree of 5 nodes takes 3 UART links at rank 0, and mine has 2:"
            + " choose --topology tree-2 or --topology chain or --topology ring or --link spi",
        "6 | 1 | 3 | RING | SPI | a ring of 3 nodes takes 2 SPI links at rank 0, and mine has 1:"
            + " choose --link uart",
        "6 | 0 | 2 | CHAIN | SPI | a chain of 2 nodes takes 1 SPI links at rank 0, and mine has 0:"
            + " choose --link uart",
        "1 | 0 | 2 | CHAIN | UART | a chain of 2 nodes takes 1 UART links at rank 0, and mine has"
            + " 0: choose another board",
      })
  void shouldRefuseWhatABoardCannotWireAndNameWhatItCan(
      int uarts, int spis, int nodes, Topology topology, LinkKind link, String message) {
    BoardType board = board(uarts, spis);
    Refusal refusal = assertThrows(Refusal.class, () -> plan(board, nodes, topology, link));
    assertEquals(message, refusal.getMessage());
  }

  @Test
  void shouldPlanOneNodeForABoardWithoutLinks() {
    assertEquals(0, plan(board(1, 0), 1, Topology.TREE, LinkKind.SPI).wiring().links(0));
  }

  @Test
  void shouldHashTheKindOfLink() {
    BoardType board = board(6, 3);
    assertNotEquals(
        plan(board, 2, Topology.TREE, LinkKind.UART).hash(),
        plan(board, 2, Topology.TREE, LinkKind.SPI).hash());
  }
}
