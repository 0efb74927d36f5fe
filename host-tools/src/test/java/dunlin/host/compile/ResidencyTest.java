package dunlin.host.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.host.SmallModels;
import dunlin.host.compile.Residency.Mode;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import dunlin.host.plan.Fetch;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.quantise.QuantisedModel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where weights are on Siracusa with an L2 of some size. */
class ResidencyTest {
  private static final BoardType CHIP = BoardTypes.named("siracusa");
  private static final QuantisedModel MODEL =
      SmallModels.quantise(
          RandomModel.of(new LlamaConfig(64, 172, 4, 4, 4, 16, 96, 32, 1e-5, 10_000), true, 3));

  /** Bytes of the model's image; of a block; and of what a node keeps in RAM. */
  private static final long IMAGE = footprint(CHIP).flash().bytes();

  private static final long RAM = footprint(CHIP).ram().get(0).bytes();

  @Test
  void shouldKeepAllThatFits() {
    Residency residency = withL2(RAM + IMAGE);
    assertEquals(Mode.RESIDENT, residency.mode());
    assertEquals(0, residency.streamedBytes());
    assertEquals(Mode.DOUBLE_BUFFERED, withL2(RAM + IMAGE - 4).mode());
  }

  @Test
  void shouldStreamThroughABufferForTwoBlocksAndKeepTheRest() {
    long weights = withL2(RAM + IMAGE).residentBytes();
    Residency residency = withL2(RAM + IMAGE - 4);
    long two = residency.bufferBytes();
    assertTrue(residency.residentBytes() > 0);
    assertTrue(residency.residentBytes() + two <= IMAGE);
    assertEquals(weights, residency.residentBytes() + residency.streamedBytes());
    Residency least = withL2((RAM + two + 3) / 4 * 4);
    assertEquals(Mode.DOUBLE_BUFFERED, least.mode());
    assertEquals(0, least.residentBytes());
    assertEquals(Mode.SERIAL, withL2((RAM + two) / 4 * 4 - 4).mode());
  }

  @Test
  void shouldKeepMoreBesideABufferForPartsThanForBlocks() {
    BoardType chip = chip(RAM + IMAGE - 4);
    Residency blocks = footprint(chip, Fetch.BLOCKS).residency();
    Residency parts = footprint(chip, Fetch.PARTS).residency();
    assertEquals(Mode.DOUBLE_BUFFERED, parts.mode());
    assertTrue(parts.bufferBytes() < blocks.bufferBytes(), parts::toString);
    assertTrue(parts.residentBytes() > blocks.residentBytes(), parts::toString);
    assertEquals(
        blocks.residentBytes() + blocks.streamedBytes(),
        parts.residentBytes() + parts.streamedBytes());
  }

  @Test
  void shouldFetchAheadInPartsWhereTwoBlocksDoNotFit() {
    BoardType chip = chip((RAM + 65_536 + 3) / 4 * 4);
    assertEquals(Mode.SERIAL, footprint(chip, Fetch.BLOCKS).residency().mode());
    assertEquals(Mode.DOUBLE_BUFFERED, footprint(chip, Fetch.PARTS).residency().mode());
  }

  @Test
  void shouldKeepAllWhereNothingIsOffTheChip() {
    Residency residency = footprint(BoardTypes.named("emulated")).residency();
    assertEquals(Mode.RESIDENT, residency.mode());
  }

  private static Residency withL2(long bytes) {
    return footprint(chip(bytes)).residency();
  }

  private static BoardType chip(long bytes) {
    return new BoardType(
        CHIP.name(),
        CHIP.description(),
        CHIP.weights(),
        CHIP.imageBytes(),
        List.of(new BoardType.Region("L2", Math.toIntExact(bytes))),
        CHIP.uart(),
        CHIP.spi(),
        CHIP.flash(),
        null,
        CHIP.performance());
  }

  private static Footprint footprint(BoardType board) {
    return footprint(board, Fetch.BLOCKS);
  }

  private static Footprint footprint(BoardType board, Fetch fetch) {
    PlanOptions options = PlanOptions.DEFAULT.with(fetch);
    return new Layout(Planner.plan(MODEL, board, options)).footprints().get(0);
  }
}
