package dunlin.host.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dunlin.boards.Refusal;
import dunlin.firmware.Crc32;
import dunlin.firmware.Fault;
import dunlin.firmware.Frame;
import dunlin.firmware.Hello;
import dunlin.firmware.Link;
import dunlin.host.CableEnd;
import dunlin.host.SmallModels;
import dunlin.host.plan.Plan;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two ends that may not agree on what is due. */
class HostLinkTest {
  private static final Plan PLAN = SmallModels.plan();

  /** Hosts come and go, and each begins with the same epoch. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 9})
  void shouldBeAnsweredHoweverMuchAHostBeforeHasAsked(int questions) {
    EmulatedFlock flock = new EmulatedFlock(PLAN);
    NodeLoader first = new NodeLoader(flock, 0, List.of());
    first.greet();
    IntStream.range(0, questions).forEach(i -> first.describe(0));
    assertEquals(Fault.NONE, new Coordinator(flock).hello().fault());
  }

  @Test
  void shouldGiveUpOnARootThatNeverSendsTheFrameThatIsDue() {
    Refusal refusal = assertThrows(Refusal.class, () -> new Coordinator(new OddRoot()).hello());
    assertEquals(
        "the node does not answer (odd): check its power and wiring, and that it runs Dunlin's"
            + " firmware",
        refusal.getMessage());
  }

  /** Counts an acknowledgement as a frame: the host asks for that one, and gets it, for ever. */
  private static final class OddRoot implements Console {
    private final CableEnd host = CableEnd.ofNewCable();
    private final Link root = new Link(host.other(), 0, new Crc32());

    @Override
    public CableEnd port() {
      return host;
    }

    @Override
    public boolean await(int bytes) {
      while (root.receive()) {
        root.accept();
        root.send(Frame.ACK, 0, 0, 0);
        root.send(Frame.HELLO, Hello.BYTES, 0, 0);
      }
      root.transmit();
      return host.available() >= bytes;
    }

    @Override
    public String state() {
      return "odd";
    }
  }
}
