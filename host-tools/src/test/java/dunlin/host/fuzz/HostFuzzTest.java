package dunlin.host.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dunlin.firmware.Request;
import dunlin.host.CableEnd;
import dunlin.host.SmallModels;
import dunlin.host.compile.Compiler;
import dunlin.host.compile.NodeImage;
import dunlin.host.doctor.Diagnosis;
import dunlin.host.doctor.Observation;
import dunlin.host.flash.FlashJob;
import dunlin.host.flash.FlockFlasher;
import dunlin.host.flock.Progress;
import dunlin.host.plan.Plan;
import dunlin.host.run.Console;
import dunlin.host.run.Coordinator;
import dunlin.host.run.EmulatedFlock;
import dunlin.host.run.Greeting;
import dunlin.host.run.Sampling;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever comes from a cable: a host takes it or refuses it, and does not wait for ever. */
@Tag("slow")
class HostFuzzTest {
  private static final Plan PLAN = SmallModels.plan();
  private static final NodeImage IMAGE = Compiler.compile(PLAN).get(0);

  @Test
  void shouldTakeOrRefuseWhateverARootTells() throws Exception {
    Fuzzer.run(Root.class, List.of(answers(Root::converse)));
  }

  @Test
  void shouldTakeOrRefuseWhateverALoaderAnswers() throws Exception {
    Fuzzer.run(Loader.class, List.of(answers(Loader::converse)));
  }

  @Test
  void shouldHaveAWordForWhateverComesFromAPort() throws Exception {
    Recorder recorder = new Recorder(new EmulatedFlock(PLAN));
    new Coordinator(recorder).hello();
    byte[] trap = "! TR 00000002 PC 08001235 LR 08001301 FS 00000000 FA 00000000\n".getBytes(UTF_8);
    Fuzzer.run(AnyPort.class, List.of(recorder.received.toByteArray(), trap, new byte[] {0x79}));
  }

  /** What a good root says in a conversation, as records. */
  private static byte[] answers(Consumer<Console> conversation) {
    Recorder recorder = new Recorder(new EmulatedFlock(PLAN));
    conversation.accept(recorder);
    return HostileNeighbour.frames(recorder.received.toByteArray());
  }

  /** A hostile root, for a host that tells a story. */
  public static final class Root {
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
      Fuzzer.offer(input.length, () -> converse(new HostileRoot(input)));
    }

    static void converse(Console console) {
      Coordinator coordinator = new Coordinator(console);
      coordinator.hello();
      int flags = Request.SAMPLE | Request.SEND_LOGITS;
      coordinator.pass(new int[] {1, 2}, 0, flags, Sampling.of(1, 2, 3));
      coordinator.links();
    }
  }

  /** A hostile root, for a host that flashes and compares. */
  public static final class Loader {
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
      Fuzzer.offer(input.length, () -> converse(new HostileRoot(input)));
    }

    static void converse(Console console) {
      FlashJob job =
          FlashJob.ofImage(
              0, PLAN.members().get(0).board(), "cable", null, List.of(), IMAGE.bytes());
      new FlockFlasher(any -> console, () -> 0, true, Progress.NONE).flash(job);
    }
  }

  /** Bytes for the doctor. */
  public static final class AnyPort {
    private static final int BAUD = 3_000_000;

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
      byte[] hello = new Greeting().bytes();
      Observation seen = new Observation("port", BAUD, input, input, hello, Map.of(BAUD, input));
      Fuzzer.offer(
          input.length,
          () -> {
            Diagnosis.of(seen);
            Diagnosis.uid(seen);
            Diagnosis.rank(seen);
          });
    }
  }

  /** A console at whose other end somebody hostile sends a frame whenever the host waits. */
  private static final class HostileRoot implements Console {
    private static final int LONGEST = 100_000;

    private final CableEnd host = CableEnd.ofNewCable();
    private final HostileNeighbour root;
    private int waits;

    HostileRoot(byte[] input) {
      root = new HostileNeighbour(host.other(), HostileNeighbour.input(input));
    }

    @Override
    public CableEnd port() {
      return host;
    }

    @Override
    public boolean await(int bytes) {
      if (++waits > LONGEST) {
        throw new IllegalStateException("waits for ever");
      }
      root.listen();
      while (root.ready() && host.available() < bytes) {
        root.send(0, 0);
      }
      return host.available() >= bytes;
    }

    @Override
    public String state() {
      return "hostile";
    }
  }
}
