package dunlin.host.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dunlin.firmware.Fault;
import dunlin.host.SmallModels;
import dunlin.host.plan.Plan;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts come and go: each begins with the same epoch, and a node may be anywhere in it. */
class SecondHostTest {
  private static final Plan PLAN = SmallModels.plan();

  /** After few frames the node takes the HELLO for the first host's, and goes on from there. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 9})
  void shouldBeAnsweredHoweverMuchTheFirstHasAsked(int questions) {
    EmulatedFlock flock = new EmulatedFlock(PLAN);
    NodeLoader first = new NodeLoader(flock, 0, List.of());
    first.greet();
    IntStream.range(0, questions).forEach(i -> first.describe(0));
    assertEquals(Fault.NONE, new Coordinator(flock).hello().fault());
  }
}
