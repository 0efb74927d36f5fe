package dunlin.host.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class WiringTest {
  /** Boards differ. */
  private static int firstPort(int rank) {
    return 1 + rank % 3;
  }

  @Property
  void shouldJoinAllNodesInOneTreeOfRunsOfRanks(
      @ForAll Topology topology,
      @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 20) Integer> stages) {
    Wiring wiring = new Wiring(topology, stages, WiringTest::firstPort);
    int nodes = stages.stream().mapToInt(Integer::intValue).sum();
    assertEquals(-1, wiring.parent(0));
    assertEquals(nodes, wiring.end(0));
    for (int rank = 1; rank < nodes; rank++) {
      int parent = wiring.parent(rank);
      assertTrue(parent < rank && rank < wiring.end(parent));
      assertTrue(wiring.children(parent).contains(rank));
      assertEquals(wiring.childPort(parent, rank), wiring.portTowards(parent, rank));
      assertEquals(wiring.parentPort(rank), wiring.portTowards(rank, parent));
    }
    for (int rank = 0; rank < nodes; rank++) {
      Set<Integer> ports = new TreeSet<>();
      if (rank > 0) {
        ports.add(wiring.parentPort(rank));
      }
      for (int child : wiring.children(rank)) {
        assertTrue(ports.add(wiring.childPort(rank, child)), "two neighbours on one port");
      }
      Set<Integer> inARow = new TreeSet<>();
      for (int port = firstPort(rank); port < wiring.endPort(rank); port++) {
        inARow.add(port);
      }
      assertEquals(inARow, ports);
      assertEquals(wiring.links(rank), ports.size());
    }
  }

  @Property
  void shouldGiveANodeNoMoreChildrenThanItsTreeHas(
      @ForAll Topology topology, @ForAll @IntRange(min = 1, max = 80) int nodes) {
    Wiring wiring = new Wiring(topology, List.of(nodes), WiringTest::firstPort);
    int most = topology.fanOut();
    for (int rank = 1; rank < nodes; rank++) {
      assertTrue(wiring.children(rank).size() <= most);
    }
    assertEquals(Math.min(topology.atRoot(), nodes - 1), wiring.children(0).size());
  }

  @Property
  void shouldReachEveryNodeFromAnyOtherExactlyOnce(
      @ForAll Topology topology,
      @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = 9) Integer> stages,
      @ForAll @IntRange(min = 0, max = 35) int anyone) {
    Wiring wiring = new Wiring(topology, stages, WiringTest::firstPort);
    int nodes = stages.stream().mapToInt(Integer::intValue).sum();
    int source = anyone % nodes;
    int sent = 0;
    for (int rank = 0; rank < nodes; rank++) {
      sent += Integer.bitCount(wiring.portsAwayFrom(source, rank, r -> true));
    }
    assertEquals(nodes - 1, sent);
  }

  @Example
  void shouldHangTheLeaderOfAStageBelowTheLeaderBefore() {
    Wiring wiring = new Wiring(Topology.TREE, List.of(4, 3, 2), WiringTest::firstPort);
    assertEquals(0, wiring.parent(4));
    assertEquals(4, wiring.parent(7));
    assertEquals(4, wiring.leader(6));
    assertEquals(7, wiring.lastLeader());
    assertEquals(7, wiring.stageEnd(4));
  }
}
