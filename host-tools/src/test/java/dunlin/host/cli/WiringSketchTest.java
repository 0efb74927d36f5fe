package dunlin.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dunlin.host.plan.Topology;
import dunlin.host.plan.Wiring;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WiringSketchTest {
  @ParameterizedTest
  @MethodSource("drawings")
  void shouldDrawAWiring(Topology topology, List<Integer> stages, String drawing) {
    Wiring wiring = new Wiring(topology, stages, rank -> 1);
    assertEquals(drawing.lines().toList(), WiringSketch.of(wiring));
  }

  static Stream<Arguments> drawings() {
    return Stream.of(
        arguments(Topology.TREE, List.of(1), "host --- 0"),
        arguments(Topology.CHAIN, List.of(3), "host --- 0 --- 1 --- 2"),
        arguments(Topology.CHAIN, List.of(99), "host --- 0 --- 1 --- ... --- 97 --- 98"),
        arguments(
            Topology.RING,
            List.of(4),
            """
            host --- 0 -+- 1 --- 2
                        `- 3
            """),
        arguments(
            Topology.TREE,
            List.of(11),
            """
            host --- 0 -+- 1 -+- 2
                        |     `- 3
                        |- 4 -+- 5
                        |     `- 6
                        `- 7 -+- 8
                              |- 9
                              `- 10
            """),
        arguments(
            Topology.TREE,
            List.of(3, 2),
            """
            host --- 0 -+- 1
                        |- 2
                        `- 3 --- 4
            """));
  }
}
