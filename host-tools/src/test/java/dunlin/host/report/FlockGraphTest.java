package dunlin.host.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.host.compile.Layout;
import dunlin.host.forecast.PassForecast;
import dunlin.host.forecast.Rehearsal;
import dunlin.host.plan.Plan;
import dunlin.host.plan.Topology;
import dunlin.host.report.TreeLayout.Place;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FlockGraphTest {
  /** On boards with the ports for any topology. */
  private static List<Place> places(int nodes, Topology topology) {
    BoardType board = BoardTypes.named("emulated");
    Plan plan = SmallReport.plan("small", board, nodes, topology);
    return TreeLayout.of(plan.wiring(), nodes, new Place(0, 0), 100, 44, 60);
  }

  @ParameterizedTest
  @EnumSource
  void shouldPutNoNodeUponAnother(Topology topology) {
    for (int nodes : new int[] {1, 2, 5, 16, 64}) {
      List<Place> places = places(nodes, topology);
      assertEquals(nodes, places.stream().distinct().count());
      for (Place one : places) {
        assertTrue(
            places.stream()
                .filter(other -> !other.equals(one) && other.x() == one.x())
                .allMatch(other -> Math.abs(other.y() - one.y()) >= 44),
            places.toString());
      }
    }
  }

  @Test
  void shouldRunAChainDownThePage() {
    assertEquals(1, places(64, Topology.CHAIN).stream().mapToInt(Place::x).distinct().count());
  }

  @Test
  void shouldSayWhatEachLinkCarriesAndForHowMuchOfTheTime() {
    Plan plan = SmallReport.plan("small", SmallReport.BOARD, 2, Topology.TREE);
    Layout layout = new Layout(plan);
    PassForecast pass = Rehearsal.typical(plan, layout).orElseThrow();
    List<LinkLoad> links = LinkLoad.of(plan, layout, Optional.of(pass));
    assertEquals(-1, links.get(0).parent());
    assertEquals(0, links.get(1).parent());
    assertEquals(
        layout.traffic().typical(1).sum().total().bytes() / 64.0,
        links.stream().mapToDouble(LinkLoad::bytes).sum(),
        1e-9);
    double carried = Math.max(links.get(1).down(), links.get(1).up());
    double nanos = 1e9 * carried / 300_000; // 3 MBd, ten bits a byte
    assertEquals(nanos / pass.nanos(), links.get(1).utilisation().orElseThrow(), 1e-9);
  }

  @Test
  void shouldShareATokensTimeOutInFull() {
    Plan plan = SmallReport.plan("small", SmallReport.BOARD, 3, Topology.TREE);
    PassForecast pass = Rehearsal.typical(plan, new Layout(plan)).orElseThrow();
    FlockGraph graph = new FlockGraph(plan, List.of(), Optional.of(pass));
    for (List<Object> node : graph.nodeTable().rows()) {
      double sum = node.subList(2, 6).stream().mapToDouble(Double.class::cast).sum();
      assertEquals(pass.nanos() / 1e6, sum, 1e-6);
    }
  }
}
