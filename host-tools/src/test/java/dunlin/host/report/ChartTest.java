package dunlin.host.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.host.compile.Layout;
import dunlin.host.forecast.Rehearsal;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
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
    List<Curve.Series> series = List.of(new Curve.Series("it", Colour.COMPUTE, true, points));
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
    assertEquals(scaling.plan(), scaling.points().get(2));
    assertFalse(scaling.isApart());
    assertEquals(List.of(), scaling.misfits());
  }

  @Test
  void shouldKeepAPlanOfOtherPartsOffTheCurveOfEqualOnes() {
    Plan even = SmallReport.plan("small", SmallReport.BOARD, 4, Topology.TREE);
    PlanOptions options = PlanOptions.DEFAULT.split(List.of(1.0, 3.0, 2.0, 2.0), Topology.TREE);
    Plan uneven = Planner.plan(even.model(), SmallReport.BOARD, options);
    FlockReport report = SmallReport.of(uneven);
    Scaling scaling = report.scaling().orElseThrow();
    assertTrue(scaling.isApart());
    assertEquals(
        Rehearsal.typical(even, new Layout(even)).orElseThrow().nanos(),
        scaling.points().get(2).nanos());
    assertEquals(report.pass().orElseThrow().nanos(), scaling.plan().nanos());
    String page = ReportPage.of(report);
    assertTrue(page.contains("the circle marks this plan, which is in other parts."), page);
    assertTrue(page.contains("; this plan, "), page);
    assertEquals(3, page.split("class=\"planned\"", -1).length);
  }
}
