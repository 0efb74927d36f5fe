package dunlin.hil;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import dunlin.boards.aot.FirmwareBuild;
import dunlin.boards.qemu.QemuBoards;
import dunlin.host.bench.KernelBench;
import dunlin.host.bench.KernelMeasurement;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernels' speed against budgets.toml. */
class KernelBenchTest {
  @ParameterizedTest
  @ValueSource(strings = {"mps2-an386", "mps2-an500"})
  @Tag("slow")
  void shouldKeepKernelsFastWithTheDspExtension(String board) {
    List<KernelMeasurement> measured = measure(board);
    assertAll(
        () -> check("linear", find(measured, "linear-int8", 1, 512, 512)),
        () -> check("linear-many-rows", find(measured, "linear-int8", 64, 512, 512)),
        () -> check("linear-small", find(measured, "linear-int8", 1, 64, 172)),
        () -> check("linear-small", find(measured, "linear-int8", 1, 172, 64)),
        () -> check("attention", find(measured, "attention", 1, 512, 512)));
  }

  @Test
  @Tag("slow")
  void shouldKeepKernelsFastWithoutIt() {
    List<KernelMeasurement> measured = measure("mps2-an385");
    check("linear-plain", find(measured, "linear-int8", 1, 512, 512));
  }

  @Test
  @Tag("slow")
  void shouldKeepKernelsFastWithHelium() {
    List<KernelMeasurement> measured = measure("mps3-an547");
    assertAll(
        () -> check("linear-helium", find(measured, "linear-int8", 1, 512, 512)),
        () -> check("linear-helium-many-rows", find(measured, "linear-int8", 64, 512, 512)),
        () -> check("linear-helium-int16", find(measured, "linear-int16", 1, 172, 64)));
  }

  private static List<KernelMeasurement> measure(String board) {
    requireTools();
    return KernelBench.measure(BoardTypes.named(board));
  }

  private static void requireTools() {
    assumeTrue(FirmwareBuild.possible(), "the compiler arm-none-eabi-gcc is not there");
    assumeTrue(QemuBoards.installed(), "the emulator qemu-system-arm is not there");
  }

  private static void check(String budget, KernelMeasurement measured) {
    Budget.named(budget).check(measured.instructionsPerMac());
    assertTrue(measured.wordsLoaded() > measured.macs() / 4 / measured.rows(), "words loaded");
  }

  private static KernelMeasurement find(
      List<KernelMeasurement> measured, String kernel, int rows, int inputs, int outputs) {
    return measured.stream()
        .filter(m -> m.kernel().equals(kernel) && m.rows() == rows)
        .filter(m -> m.inputs() == inputs && m.outputs() == outputs)
        .findFirst()
        .orElseThrow();
  }

  @Test
  @Tag("slow")
  void shouldMeasureOnlyTheKernelsThatAreNamed() {
    requireTools();
    List<KernelMeasurement> measured =
        KernelBench.measure(BoardTypes.named("mps2-an386"), List.of("gate", "attention"));
    assertEquals(
        List.of("attention", "attention", "gate"),
        measured.stream().map(KernelMeasurement::kernel).toList());
  }

  @Test
  void shouldSayWhichKernelsThereAre() {
    Refusal refusal =
        assertThrows(
            Refusal.class,
            () -> KernelBench.measure(BoardTypes.named("mps2-an386"), List.of("gates")));
    assertEquals(
        "there is no kernel gates: choose one of linear-int8, linear-int16, attention, rms-norm,"
            + " query, key, value, gate, add, no-norm, select-greedy",
        refusal.getMessage());
  }

  @Test
  void shouldSayForWhichBoardsKernelsCanBeMeasured() {
    Refusal refusal =
        assertThrows(Refusal.class, () -> KernelBench.measure(BoardTypes.named("nucleo-l476rg")));
    assertEquals(
        "QEMU has no board nucleo-l476rg: choose one of stm32f405, mps2-an385, mps2-an386,"
            + " mps2-an500, mps3-an547",
        refusal.getMessage());
  }
}
