package dunlin.host.fuzz;

import dunlin.boards.BoardType;
import dunlin.boards.BoardType.Region;
import dunlin.boards.BoardType.Uarts;
import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import dunlin.firmware.ImageHeader;
import dunlin.firmware.Memory;
import dunlin.firmware.Op;
import dunlin.firmware.Request;
import dunlin.host.SmallModels;
import dunlin.host.compile.Compiler;
import dunlin.host.compile.Images;
import dunlin.host.compile.NodeImage;
import dunlin.host.plan.Member;
import dunlin.host.plan.Plan;
import dunlin.host.run.Coordinator;
import dunlin.host.run.EmulatedFlock;
import dunlin.host.run.NodeLoader;
import dunlin.host.run.Sampling;
import dunlin.kernels.Dsp;
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
  private static final Plan PLAN = SmallModels.plan();
  private static final NodeImage IMAGE = Compiler.compile(PLAN).get(0);

  @Test
  void shouldStayReachableWhateverArrives() throws Exception {
    Fuzzer.run(ConsolePort.class, List.of(ConsolePort.conversation()));
  }

  /** With CRCs that match: damage by chance is dropped before anything is read. */
  @Test
  void shouldStayReachableWhateverFramesSay() throws Exception {
    byte[] good = HostileNeighbour.frames(ConsolePort.conversation());
    Fuzzer.run(ConsoleFrames.class, List.of(good));
  }

  /** Of a node that reads its tokens from an input. */
  @Test
  void shouldStayReachableWhateverATextSays() throws Exception {
    byte[] good = HostileNeighbour.frames(TextFrames.conversation());
    Fuzzer.run(TextFrames.class, List.of(good));
  }

  @Test
  void shouldStayReachableWhateverLiesInItsFlash() throws Exception {
    Fuzzer.run(FlashContents.class, List.of(IMAGE.bytes()));
  }

  /** Bytes into the console of a node with a good image. */
  public static final class ConsolePort {
    /** Sends the input, lets the node answer what it takes for frames, and greets it. */
    public static void fuzzerTestOneInput(byte[] input) {
      EmulatedFlock node = node(IMAGE.bytes());
      node.port().write(input, 0, input.length);
      node.emulation().runUntil(100_000_000);
      expectAnswer(node);
    }

    /** What a host sends to tell a story, to look at links, and to flash; the CRCs are right. */
    static byte[] conversation() {
      Recorder recorder = new Recorder(node(IMAGE.bytes()));
      Coordinator coordinator = new Coordinator(recorder);
      coordinator.hello();
      coordinator.pass(new int[] {1, 2}, 0, 3, Sampling.of(1, 2, 3));
      coordinator.links();
      NodeLoader loader = new NodeLoader(recorder, 0, List.of());
      loader.greet();
      loader.describe(0);
      loader.read(4, 16);
      loader.erase(0);
      loader.program(0, new byte[32]);
      return recorder.sent.toByteArray();
    }
  }

  /** Frames into the console of a node with a good image. */
  public static final class ConsoleFrames {
    private static final int EPOCH = 200;
    private static final int MOST = 64;
    private static final long SETTLED_NANOS = 2_000_000;

    /** Sends what the input says, frame by frame, and greets the node. */
    public static void fuzzerTestOneInput(byte[] input) {
      play(node(IMAGE.bytes()), input);
    }

    static void play(EmulatedFlock node, byte[] input) {
      HostileNeighbour host = new HostileNeighbour(node.port(), HostileNeighbour.input(input));
      host.greet(EPOCH);
      settle(node, host);
      for (int i = 0; i < MOST && host.ready(); i++) {
        host.send(0, 0);
        settle(node, host);
      }
      expectAnswer(node);
    }

    private static void settle(EmulatedFlock node, HostileNeighbour host) {
      node.emulation().runUntil(node.emulation().now() + SETTLED_NANOS);
      host.listen();
    }
  }

  /** Frames into the console of a node whose passes are about a text. */
  public static final class TextFrames {
    private static final int TYPES = 2;
    private static final int INPUT_BYTES = 8 * PLAN.chunk();

    /** Sends what the input says, frame by frame, and greets the node. */
    public static void fuzzerTestOneInput(byte[] input) {
      ConsoleFrames.play(textNode(), input);
    }

    /** A text, and another of which a part is asked about. */
    static byte[] conversation() {
      Recorder recorder = new Recorder(textNode());
      Coordinator coordinator = new Coordinator(recorder);
      coordinator.hello();
      coordinator.pass(new byte[INPUT_BYTES], PLAN.chunk(), Request.SAMPLE);
      byte[] other = new byte[INPUT_BYTES];
      other[0] = 3;
      other[INPUT_BYTES / 2] = TYPES - 1;
      coordinator.pass(other, 1, Request.SAMPLE);
      return recorder.sent.toByteArray();
    }

    /** The decoder, but its embedding reads the input. */
    private static EmulatedFlock textNode() {
      byte[] image = IMAGE.bytes().clone();
      int ram = Dsp.load32(image, ImageHeader.RAM_BYTES);
      int input = Memory.buffer(1, ram);
      Dsp.store32(image, ImageHeader.INPUT, input);
      Dsp.store32(image, ImageHeader.INPUT_BYTES, INPUT_BYTES);
      Dsp.store32(image, ImageHeader.TOKENS, input);
      Dsp.store32(image, ImageHeader.TYPES, TYPES);
      Dsp.store32(image, ImageHeader.RAM_BYTES, ram + INPUT_BYTES);
      int embed = Dsp.load32(image, ImageHeader.PROGRAM);
      Dsp.store32(image, embed + Op.Embed.TOKENS, input);
      return node(Images.sealed(image), INPUT_BYTES);
    }
  }

  private static void expectAnswer(EmulatedFlock node) {
    try {
      new Coordinator(node).hello();
    } catch (Refusal refusal) {
      if (!refusal.getMessage().contains("holds no image")) { // it may have been told to erase it
        throw refusal;
      }
    }
  }

  /** Bytes in the flash. */
  public static final class FlashContents {
    /** Greets a node that finds the input in its flash: it must name what is wrong with it. */
    public static void fuzzerTestOneInput(byte[] input) {
      try {
        new Coordinator(node(input)).hello();
      } catch (Refusal refusal) {
        if (refusal.getMessage().contains("does not answer")) {
          throw refusal;
        }
      }
    }
  }

  /** On a board that has just the RAM that the good image needs. */
  private static EmulatedFlock node(byte[] flash) {
    return node(flash, 0);
  }

  /** The same with so many bytes more. */
  private static EmulatedFlock node(byte[] flash, int more) {
    BoardType any = BoardTypes.named("emulated");
    List<Region> ram =
        IMAGE.memory().regionBytes().stream()
            .map(bytes -> new Region("RAM", bytes == 0 ? 0 : bytes + more))
            .toList();
    BoardType board =
        new BoardType(
            any.name(), // the image is for that one
            "emulated board that takes any input at once",
            any.weights(),
            any.imageBytes(),
            ram,
            new Uarts(1, any.uart().baud(), 1 << 14, 512),
            any.spi(),
            any.flash());
    Member member = new Member(board, any.weights(), PLAN.members().get(0).shard());
    Plan plan =
        new Plan(
            PLAN.model(),
            List.of(member),
            PLAN.topology(),
            PLAN.link(),
            PLAN.context(),
            PLAN.chunk(),
            PLAN.inspection(),
            PLAN.host(),
            PLAN.schedule(),
            PLAN.fetch());
    return new EmulatedFlock(plan, List.of(IMAGE.with(flash)));
  }
}
