package dunlin.host.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dunlin.boards.Refusal;
import dunlin.firmware.Crc32;
import dunlin.firmware.Fault;
import dunlin.firmware.Frame;
import dunlin.firmware.Hello;
import dunlin.firmware.Link;
import dunlin.firmware.Segment;
import dunlin.host.CableEnd;
import dunlin.host.SmallModels;
import dunlin.host.plan.Plan;
import dunlin.kernels.Dsp;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
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

  /** Counts an acknowledgement as a frame: the host asks for that one, and gets it, for ever. */
  @Test
  void shouldGiveUpOnARootThatNeverSendsTheFrameThatIsDue() {
    OddRoot root =
        new OddRoot(
            link -> {
              link.send(Frame.ACK, 0, 0, 0);
              link.send(Frame.HELLO, Hello.BYTES, 0, 0);
            });
    assertRefused(
        "the node does not answer (odd): check its power and wiring, and that it runs Dunlin's"
            + " firmware",
        () -> new Coordinator(root).hello());
  }

  @Test
  void shouldNameAFewOfAllTheRanksThatARootClaims() {
    OddRoot root = new OddRoot(link -> introduce(link, 65_535));
    assertRefused(
        "no answer from rank 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 and 65518 more:"
            + " check the power and wiring of those boards",
        () -> new Coordinator(root).hello());
  }

  @Test
  void shouldRefuseATapThatCannotBe() {
    OddRoot root =
        new OddRoot(
            link -> {
              introduce(link, 1);
              Dsp.store32(link.outgoing(), Frame.PAYLOAD + Segment.WHAT, -1);
              link.send(Frame.TAP, Segment.DATA, 0, 0);
            });
    Coordinator coordinator = new Coordinator(root);
    coordinator.hello();
    assertRefused(
        "the node sent tap -1, where 0 is due: bring host and firmware to one version",
        () -> coordinator.pass(new int[] {1}, 0, 0, Sampling.GREEDY));
  }

  private static void introduce(Link root, int nodes) {
    byte[] out = root.outgoing();
    Arrays.fill(out, Frame.PAYLOAD, Frame.PAYLOAD + Hello.BYTES, (byte) 0);
    Dsp.store32(out, Frame.PAYLOAD + Hello.PROTOCOL, Hello.PROTOCOL_VERSION);
    Dsp.store16(out, Frame.PAYLOAD + Hello.NODES, nodes);
    root.send(Frame.HELLO, Hello.BYTES, 0, 0);
  }

  private static void assertRefused(String message, Runnable action) {
    assertEquals(message, assertThrows(Refusal.class, action::run).getMessage());
  }

  /** Says the same to every HELLO, and nothing to anything else. */
  private static final class OddRoot implements Console {
    private final CableEnd host = CableEnd.ofNewCable();
    private final Link root = new Link(host.other(), 0, new Crc32());
    private final Consumer<Link> answer;

    OddRoot(Consumer<Link> answer) {
      this.answer = answer;
    }

    @Override
    public CableEnd port() {
      return host;
    }

    @Override
    public boolean await(int bytes) {
      while (root.receive()) {
        if (root.incoming()[Frame.KIND] == Frame.HELLO) {
          root.accept();
          answer.accept(root);
        } else {
          root.release();
        }
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
