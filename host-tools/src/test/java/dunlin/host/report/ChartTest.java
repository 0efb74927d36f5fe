package dunlin.host.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.host.plan.Topology;
import dunlin.host.report.Section.Colour;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Curves, their scales, and what they show. */
class ChartTest {
  @ParameterizedTest
  @CsvSource({"1, 4, 0.5, 1", "4, 4, 1, 4", "18.9, 12, 2, 20", "0.003, 4, 0.001, 0.003"})
  void shouldMarkAScaleAtRoundNumbers(double most, int marks, double step, double end) {
    assertEquals(step, Ticks.step(most, marks), 1e-12);
    assertEquals(end, Ticks.end(most, step), 1e-12);
  }

  @Test
  void shouldDrawAFlockThatIsTheOnlyOne() {
    Markup page = new Markup();
    List<Curve.Point> points = List.of(new Curve.Point(3, 0, true));
    List<Curve.Series> series = List.of(new Curve.Series(Colour.COMPUTE, true, points));
    new Curve("Energy", "mJ", series, true).draw(page);
    assertTrue(page.toString().contains("3 nodes: 0.00 mJ"), page.toString());
    assertFalse(page.toString().contains("NaN"), page.toString());
  }

  @Test
  void shouldCompareWithTheFewestNodesAndSayWhatCannotBe() {
    Scaling scaling =
        SmallReport.of(SmallReport.plan("small", SmallReport.BOARD, 3, Topology.TREE))
            .scaling()
            .orElseThrow();
    assertEquals(List.of(1, 2, 3, 4), scaling.points().stream().map(Scaling.Point::nodes).toList());
    assertEquals(1, scaling.speedUp(scaling.points().get(0)));
    assertTrue(scaling.points().get(2).planned());
    assertEquals(List.of(), scaling.misfits());
  }
}
