package dunlin.host.fuzz;

import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import dunlin.firmware.NodeFirmware;
import dunlin.hal.Uart;
import dunlin.hal.emulated.BoardSpec;
import dunlin.hal.emulated.BoardSpec.FlashSpec;
import dunlin.hal.emulated.BoardSpec.UartSpec;
import dunlin.hal.emulated.EmulatedBoard;
import dunlin.hal.emulated.Emulation;
import dunlin.hal.emulated.HostPort;
import dunlin.host.SmallModels;
import dunlin.host.compile.Compiler;
import dunlin.host.compile.NodeImage;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.run.Console;
import dunlin.host.run.Coordinator;
import dunlin.host.run.Sampling;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever arrives at a node's console, and whatever lies in its flash: it answers HELLO
 * afterwards. RAM is of the size that the plan asks for, so a write beyond a buffer's region ends
 * in an exception.
 */
@Tag("slow")
class NodeFuzzTest {
  private static final NodeImage IMAGE = image();

  @Test
  void shouldStayReachableWhateverArrives() throws Exception {
    Fuzzer.run(ConsolePort.class, List.of(ConsolePort.conversation()));
  }

  @Test
  void shouldStayReachableWhateverLiesInItsFlash() throws Exception {
    Fuzzer.run(FlashContents.class, List.of(IMAGE.bytes()));
  }

  /** Bytes into the console of a node with a good image. */
  public static final class ConsolePort {
    /** Sends the input, lets the node answer what it takes for frames, and greets it. */
    public static void fuzzerTestOneInput(byte[] input) {
      Wired wired = new Wired(IMAGE.bytes());
      wired.port.write(input);
      wired.emulation.runUntil(wired.emulation.now() + 100_000_000);
      new Coordinator(wired).hello();
    }

    /** What a host sends: a HELLO and a request, with CRCs that are right. */
    static byte[] conversation() {
      Recorder recorder = new Recorder(new Wired(IMAGE.bytes()));
      Coordinator coordinator = new Coordinator(recorder);
      coordinator.hello();
      coordinator.pass(new int[] {1, 2}, 0, 3, Sampling.of(1, 2, 3));
      return recorder.sent.toByteArray();
    }
  }

  /** Bytes in the flash. */
  public static final class FlashContents {
    /** Greets a node that finds the input in its flash: it must name what is wrong with it. */
    public static void fuzzerTestOneInput(byte[] input) {
      try {
        new Coordinator(new Wired(input)).hello();
      } catch (Refusal refusal) {
        if (!refusal.getMessage().startsWith("the node holds")) {
          throw refusal;
        }
      }
    }
  }

  private static NodeImage image() {
    LlamaConfig config = new LlamaConfig(6, 5, 1, 2, 1, 2, 7, 6, 1e-5, 10_000);
    return Compiler.compile(
            Planner.plan(
                SmallModels.quantise(RandomModel.of(config, true, 1)),
                BoardTypes.named("emulated"),
                PlanOptions.DEFAULT))
        .get(0);
  }

  /** A node on a board that has just what its image needs. */
  private static final class Wired implements Console {
    private final Emulation emulation = new Emulation();
    private final HostPort port;

    Wired(byte[] flash) {
      BoardSpec spec =
          new BoardSpec(
              "node",
              new FlashSpec(flash.length, 1, Math.max(1, flash.length), 0, 0),
              IMAGE.memory().regionBytes(),
              List.of(new UartSpec(1 << 14, 512, 3_000_000)),
              0,
              0,
              0,
              List.of(1, 2, 3));
      EmulatedBoard board = emulation.add(spec, new NodeFirmware());
      board.loadFlash(flash);
      port = emulation.wire(board.uart(0));
    }

    @Override
    public Uart port() {
      return port;
    }

    @Override
    public boolean await(int bytes) {
      return emulation.run(port.readable(bytes), emulation.now() + 1_000_000_000);
    }

    @Override
    public String state() {
      return emulation.waits();
    }
  }
}
