package dunlin.hil;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dunlin.boards.BoardTypes;
import dunlin.boards.aot.FirmwareBuild;
import dunlin.boards.qemu.QemuBoards;
import dunlin.host.bench.AttentionBench;
import dunlin.host.bench.AttentionMeasurement;
import dunlin.host.bench.AttentionShape;
import dunlin.host.bench.Loads;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The speed of an encoder's attention against budgets.toml; its bits are the desktop's. */
class AttentionBenchTest {
  @ParameterizedTest
  @ValueSource(strings = {"stm32f405", "mps2-an500"})
  @Tag("slow")
  void shouldKeepAttentionFastWithTheDspExtension(String board) {
    List<AttentionMeasurement> measured = measure(board);
    assertAll(
        () -> Budget.named("self-attention-4-32-8-32").check(least(measured, 0)),
        () -> Budget.named("self-attention-32-64-16-64").check(least(measured, 1)),
        () -> Budget.named("self-attention-81-32-8-32").check(least(measured, 2)),
        () -> Budget.named("self-attention-66-16-8-2").check(least(measured, 3)),
        () -> Budget.named("self-attention-gain").check(averageGain(measured)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mps2-an385", "mps3-an547"})
  @Tag("slow")
  void shouldComputeTheSameBitsOnOtherCores(String board) {
    List<AttentionMeasurement> measured = measure(board);
    assertTrue(measured.size() >= 2 * AttentionShape.PUBLISHED.size(), "layers " + measured.size());
  }

  @Test
  @Tag("slow")
  void shouldCountWordsLoadedWhereTheyAreWanted() {
    List<AttentionShape> small = AttentionShape.PUBLISHED.subList(0, 1);
    List<AttentionMeasurement> without = measure("stm32f405", small, Loads.LEFT_OUT);
    List<AttentionMeasurement> with = measure("stm32f405", small, Loads.COUNTED);
    assertEquals(4, with.size());
    for (int i = 0; i < with.size(); i++) {
      AttentionMeasurement layer = with.get(i);
      assertNull(without.get(i).wordsLoaded());
      assertEquals(without.get(i).instructions(), layer.instructions());
      assertTrue(layer.wordsLoaded() > layer.macs() / 2, "words loaded");
      assertTrue(layer.wordsLoaded() < layer.instructions() / 2, "words loaded");
    }
  }

  private static List<AttentionMeasurement> measure(String board) {
    return measure(board, AttentionShape.PUBLISHED, Loads.LEFT_OUT);
  }

  private static List<AttentionMeasurement> measure(
      String board, List<AttentionShape> shapes, Loads loads) {
    assumeTrue(FirmwareBuild.possible(), "the compiler arm-none-eabi-gcc is not there");
    assumeTrue(QemuBoards.installed(), "the emulator qemu-system-arm is not there");
    return AttentionBench.measure(BoardTypes.named(board), shapes, false, loads);
  }

  /** Instructions with separate weights, by the best tile for which there is room. */
  private static double least(List<AttentionMeasurement> measured, int shape) {
    return separate(measured, AttentionShape.PUBLISHED.get(shape))
        .mapToDouble(AttentionMeasurement::instructions)
        .min()
        .orElseThrow();
  }

  private static double averageGain(List<AttentionMeasurement> measured) {
    return AttentionShape.PUBLISHED.stream()
        .mapToDouble(
            shape ->
                separate(measured, shape)
                    .mapToDouble(AttentionMeasurement::gain)
                    .max()
                    .orElseThrow())
        .average()
        .orElseThrow();
  }

  private static Stream<AttentionMeasurement> separate(
      List<AttentionMeasurement> measured, AttentionShape shape) {
    return measured.stream().filter(m -> m.shape().equals(shape) && !m.fused());
  }
}
