package dunlin.host.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.host.compile.Footprint;
import dunlin.host.compile.Layout;
import dunlin.host.plan.Topology;
import dunlin.host.report.MemoryBars.Node;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryBarsTest {
  private static Footprint footprint(int rank, long weights, long cache) {
    Footprint like =
        new Layout(SmallReport.plan("small", SmallReport.BOARD, 1, Topology.TREE))
            .footprints()
            .get(0);
    return new Footprint(
        rank,
        like.member(),
        new Footprint.Flash(10, weights, 20, 10_000),
        like.residency(),
        like.tiling(),
        List.of(new Footprint.Ram("SRAM", cache, 30, 1_000)),
        1,
        0);
  }

  private static List<List<Integer>> groups(Footprint... nodes) {
    return new MemoryBars(List.of(nodes))
        .groups().stream().map(group -> group.stream().map(Node::rank).toList()).toList();
  }

  @Test
  void shouldShowNodesThatLookAlikeOnce() {
    assertEquals(
        List.of(List.of(0, 2), List.of(1)),
        groups(footprint(0, 5_000, 0), footprint(1, 7_000, 0), footprint(2, 5_001, 0)));
  }

  @Test
  void shouldTellNodesWithOtherRamApart() {
    assertEquals(
        List.of(List.of(0), List.of(1)), groups(footprint(0, 5_000, 0), footprint(1, 5_000, 99)));
  }

  @Test
  void shouldTellTheBytesOfEachNode() {
    MemoryBars memory = new MemoryBars(List.of(footprint(0, 5_000, 40), footprint(1, 5_001, 40)));
    String csv = memory.table().csv();
    assertTrue(csv.contains("\r\n0,stm32f405,flash,weights,5000,10000\r\n"), csv);
    assertTrue(csv.contains("\r\n1,stm32f405,flash,weights,5001,10000\r\n"), csv);
    assertTrue(csv.contains("\r\n1,stm32f405,SRAM,free,930,1000\r\n"), csv);
  }

  @Test
  void shouldMarkWhatDoesNotFit() {
    Markup page = new Markup();
    new MemoryBars(List.of(footprint(0, 12_000, 0))).draw(page);
    assertTrue(page.toString().contains("12,030 B of 10,000 B, 2,030 B too many"));
  }
}
