package dunlin.host.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is claimed of arXiv 2404.02945 in docs/papers.md. */
class TinyPaperTest {
  @ParameterizedTest
  @CsvSource({
    "eegformer, separate, 3.60, 21.20",
    "eegformer, fused, 3.33, 31.85",
    "ecgformer, separate, 4.71, 29.88",
    "radar-gesture, separate, 1.71, 7.86",
    "radar-gesture, fused, 1.54, 7.83",
    "s32-e64-h16-p64, separate, 6.19, 30.86",
    "s32-e64-h16-p64, fused, 5.42, 41.48",
  })
  void shouldTakeLessMemoryDepthFirst(
      String network, String weights, double arena, double attention) {
    List<TinyFigure> figures =
        TilingFigures.of(named(network)).stream()
            .filter(figure -> figure.setting().weights().equals(weights))
            .toList();
    assertEquals(arena, dunlin(figures, "peak of all buffers: gain"), 0.01);
    assertEquals(attention, dunlin(figures, "peak of the attention alone: gain"), 0.01);
  }

  @ParameterizedTest
  @ValueSource(strings = {"eegformer", "radar-gesture"})
  void shouldSaveThePapersParametersByFusingWhereItHasThem(String network) {
    List<TinyFigure> figures = FusingFigures.of(named(network));
    assertEquals(-25, dunlin(figures, "fused weights: parameters of the attention, %"));
  }

  @Test
  void shouldCountThePapersMacsWhereFusingCostsMost() {
    List<TinyFigure> figures = FusingFigures.of(named("ecgformer"));
    assertEquals(285, dunlin(figures, "fused weights: MACs of the attention, %"), 0.5);
  }

  @Test
  void shouldLeaveOnlyInstructionsOutWithoutACore() {
    Set<String> figures =
        TinyPaper.figures(List.of(), done -> {}).stream()
            .map(TinyFigure::figure)
            .collect(Collectors.toSet());
    assertTrue(figures.contains("peak of all buffers: gain, best"), figures.toString());
    assertTrue(figures.contains("fused weights: MACs of the attention, %"), figures.toString());
    assertTrue(figures.contains("cycles: CMSIS-NN's"), figures.toString());
    assertTrue(
        figures.stream().noneMatch(figure -> figure.contains("instructions")), figures.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"stm32f405", "mps2-an500"})
  @Tag("slow")
  void shouldGainMoreOverCmsisNnThanThePaper(String board) {
    assumeTrue(TinyPaper.missing().isEmpty(), () -> TinyPaper.missing().toString());
    LayerMeasurements measured = LayerMeasurements.on(board);
    List<TinyFigure> figures = SpeedFigures.measured(measured);
    assertTrue(dunlin(figures, "attention layer: gain over CMSIS-NN, average") > 4.79);
    assertTrue(
        dunlin(FusingFigures.measured(measured), "fused weights: gain in instructions, best")
            > 1.2);
  }

  private static TinyNetwork named(String name) {
    return TinyNetwork.ALL.stream()
        .filter(network -> network.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The first of each name. */
  private static double dunlin(List<TinyFigure> figures, String figure) {
    return figures.stream()
        .collect(Collectors.toMap(TinyFigure::figure, TinyFigure::dunlin, (first, next) -> first))
        .get(figure);
  }
}
