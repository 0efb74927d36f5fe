package dunlin.hil;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import dunlin.boards.aot.Firmware;
import dunlin.boards.aot.Firmware.ModuleSize;
import dunlin.boards.aot.FirmwareBuild;
import dunlin.boards.aot.Symbols;
import dunlin.boards.qemu.QemuBoard;
import dunlin.firmware.NodeFirmware;
import dunlin.host.compile.Compiler;
import dunlin.host.model.FloatModel;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.Calibration;
import dunlin.host.quantise.Equalisation;
import dunlin.host.quantise.QuantisedModel;
import dunlin.host.quantise.Quantiser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code build} makes of the sources. */
@ExtendWith(QemuRig.class)
class FirmwareTest {
  @TempDir private Path folder;

  @Test
  @Tag("slow")
  void shouldBuildTheSameBytesFromTheSameSources() throws IOException {
    BoardType board = BoardTypes.named("stm32f405");
    Firmware first = QemuRig.firmware(board);
    Firmware second = FirmwareBuild.build(board, folder);
    assertArrayEquals(Files.readAllBytes(first.elf()), Files.readAllBytes(second.elf()), "elf");
    assertArrayEquals(Files.readAllBytes(first.hex()), Files.readAllBytes(second.hex()), "hex");
    assertArrayEquals(Files.readAllBytes(first.bin()), Files.readAllBytes(second.bin()), "bin");
    assertEquals(first.sizes(), second.sizes());
  }

  @ParameterizedTest
  @CsvSource({
    "stm32f405, firmware-ram",
    "nucleo-h743zi2, firmware-ram-h743",
    "nucleo-l476rg, firmware-ram-l476",
  })
  @Tag("slow")
  void shouldStaySmall(String board, String ramBudget) {
    Firmware firmware = QemuRig.firmware(BoardTypes.named(board));
    Budget.named("firmware-flash").check((double) firmware.flash());
    long ram = firmware.sizes().stream().mapToLong(ModuleSize::ram).sum();
    Budget.named(ramBudget).check((double) ram);
  }

  /** QEMU has no SPI that leads anywhere: what serves it must at least not be compiled away. */
  @ParameterizedTest
  @ValueSource(strings = {"stm32f405", "nucleo-h743zi2", "nucleo-l476rg"})
  @Tag("slow")
  void shouldServeTheInterruptsOfSpi(String board) {
    Symbols symbols = new Symbols(QemuRig.firmware(BoardTypes.named(board)).elf());
    assertNotEquals(0, symbols.address("meth_dbs_SpiPort_interrupt"));
  }

  /** A tree's root and its leaf, and the node of a larger one that has all five ports wired. */
  @ParameterizedTest
  @CsvSource({
    "4, 0, firmware-heap-left",
    "4, 1, firmware-heap-left",
    "13, 1, firmware-heap-left-of-five-ports",
  })
  @Tag("slow")
  void shouldLeaveRoomOnTheHeap(int nodes, int rank, String budget) {
    BoardType type = BoardTypes.named("stm32f405");
    byte[] image = Compiler.compile(plan(type, nodes)).get(rank).bytes();
    QemuBoard board = QemuRig.boot(type, NodeFirmware.class, image);
    Symbols symbols = new Symbols(board.firmware());
    int top = settled(() -> board.word(symbols.address(HEAP_TOP)));
    assertEquals(Optional.empty(), board.trap());
    Budget.named(budget).check((double) symbols.address("dunlin_heap_end") - top);
  }

  /** What is read once the node has booted: the same for half a second. */
  private static int settled(IntSupplier reading) {
    int value = reading.getAsInt();
    long since = System.nanoTime();
    while (System.nanoTime() - since < 500_000_000) {
      int next = reading.getAsInt();
      since = next == value ? since : System.nanoTime();
      value = next;
    }
    return value;
  }

  /** TeaVM's name of the field of dunlin.boards.runtime.Heap. */
  private static final String HEAP_TOP = "sfld_otr_Allocator_top";

  private static Plan plan(BoardType board, int nodes) {
    FloatModel model =
        RandomModel.of(new LlamaConfig(16, 43, 2, 4, 2, 6, 50, 24, 1e-5, 10_000), true, 5);
    Calibration calibration =
        Calibration.measure(model, List.of(new int[] {1, 2, 3}), tokens -> {});
    QuantisedModel quantised = Quantiser.quantise(Equalisation.apply(model, calibration));
    PlanOptions options = new PlanOptions(24, 0, null, Inspection.NONE).nodes(nodes, Topology.TREE);
    return Planner.plan(quantised, board, options);
  }

  @Test
  void shouldSayForWhichBoardsThereIsFirmware() {
    Refusal refusal =
        assertThrows(
            Refusal.class, () -> FirmwareBuild.build(BoardTypes.named("emulated"), folder));
    assertEquals(
        "there is no firmware for board emulated: choose one of stm32f405, nucleo-h743zi2,"
            + " nucleo-l476rg, mps2-an385, mps2-an386, mps2-an500, mps3-an547",
        refusal.getMessage());
  }
}
