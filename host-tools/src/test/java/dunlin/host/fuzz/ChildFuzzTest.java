package dunlin.host.fuzz;

import dunlin.boards.BoardTypes;
import dunlin.firmware.Frame;
import dunlin.firmware.ImageHeader;
import dunlin.firmware.Memory;
import dunlin.firmware.Node;
import dunlin.firmware.Op;
import dunlin.firmware.Request;
import dunlin.hal.Board;
import dunlin.hal.emulated.BoardSpec;
import dunlin.hal.emulated.BoardSpec.FlashSpec;
import dunlin.hal.emulated.BoardSpec.UartSpec;
import dunlin.hal.emulated.EmulatedBoard;
import dunlin.hal.emulated.Emulation;
import dunlin.host.SmallModels;
import dunlin.host.compile.Compiler;
import dunlin.host.compile.MemoryMap.Placed;
import dunlin.host.compile.NodeImage;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.kernels.Dsp;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever two hostile children send to a root in the middle of a pass: it writes to the buffers of
 * the op that waits for them and to no other byte of its RAM, its flash stays as it is, and it
 * answers HELLO afterwards.
 */
@Tag("slow")
class ChildFuzzTest {
  private static final int NODES = 3;
  private static final NodeImage IMAGE = image();

  @Test
  void shouldWriteWhereAnOpWaitsForAChildAndNowhereElse() throws Exception {
    Fuzzer.run(Children.class, IntStream.of(3, 4, 8, 12, 24).mapToObj(Children::segments).toList());
  }

  private static NodeImage image() {
    LlamaConfig shape = new LlamaConfig(6, 7, 1, 6, 3, 2, 9, 6, 1e-5, 10_000);
    return Compiler.compile(
            Planner.plan(
                SmallModels.quantise(RandomModel.of(shape, true, 1)),
                Collections.nCopies(NODES, BoardTypes.named("emulated")),
                PlanOptions.DEFAULT.nodes(NODES, Topology.TREE)))
        .get(0);
  }

  /** Frames from both children, in turn. */
  public static final class Children {
    public static void fuzzerTestOneInput(byte[] input) {
      new Scene(HostileNeighbour.input(input)).play();
    }

    /** Segments of the collective that waits, {@code bytes} each. */
    static byte[] segments(int bytes) {
      ByteBuffer frames = ByteBuffer.allocate(1 << 12);
      byte[] frame = HostileNeighbour.frame(Frame.DATA, 0xffff, 0xffff, new byte[bytes]);
      while (frames.remaining() >= frame.length) {
        frames.put(frame);
      }
      return frames.array();
    }
  }

  /** A root whose RAM can be looked into, a host, and two children that share an input. */
  private static final class Scene {
    private static final long SETTLED_NANOS = 5_000_000;
    private static final int ROWS = 2;

    private final Emulation emulation = new Emulation();
    private final List<byte[]> ram = new ArrayList<>();
    private final EmulatedBoard board;
    private final HostileNeighbour host;
    private final List<HostileNeighbour> children;
    private Node node;
    private int epoch;

    Scene(ByteBuffer input) {
      int bytes = IMAGE.bytes().length;
      BoardSpec spec =
          new BoardSpec(
              "root",
              new FlashSpec(bytes, 1, bytes, 0, 0),
              IMAGE.memory().regionBytes(),
              Collections.nCopies(NODES, new UartSpec(2048, 512, 3_000_000)),
              List.of(),
              0,
              0,
              List.of(1, 2, 3),
              Dsp.loadU16(IMAGE.bytes(), ImageHeader.BOARD));
      board = emulation.add(spec, any -> node = new Node(watched(any)));
      board.loadFlash(IMAGE.bytes());
      host = new HostileNeighbour(emulation.wire(board.uart(0)), HostileNeighbour.input(request()));
      children =
          IntStream.range(1, NODES)
              .mapToObj(port -> new HostileNeighbour(emulation.wire(board.uart(port)), input))
              .toList();
    }

    /** The board, but what it reserves is known here. */
    private Board watched(Board any) {
      return (Board)
          Proxy.newProxyInstance(
              Board.class.getClassLoader(),
              new Class<?>[] {Board.class},
              (proxy, method, arguments) -> {
                Object result = method.invoke(any, arguments);
                if (method.getName().equals("reserve")) {
                  ram.add((byte[]) result);
                }
                return result;
              });
    }

    /** Two tokens, all logits, one candidate. */
    private static byte[] request() {
      byte[] request = new byte[Request.TOKENS + 4 * ROWS];
      Dsp.store16(request, Request.FLAGS, Request.SAMPLE);
      Dsp.store16(request, Request.ROWS, ROWS);
      Dsp.store32(request, Request.TOKENS, 8); // the last child's
      return HostileNeighbour.frame(Frame.REQUEST, 0, 0, request);
    }

    void play() {
      begin();
      for (int turn = 0; node.opIndex() >= 0; turn++) {
        HostileNeighbour child = children.get(turn % children.size());
        if (!child.ready()) {
          break;
        }
        check(child);
      }
      if (Arrays.mismatch(board.flash().bytes(), IMAGE.bytes()) >= 0) {
        throw new IllegalStateException("the flash has changed");
      }
      host.greet(++epoch);
      settle();
      if (!host.answered()) {
        throw new IllegalStateException("no answer to HELLO");
      }
    }

    private void begin() {
      host.greet(++epoch);
      settle();
      children.forEach(HostileNeighbour::introduce);
      settle();
      host.send(0, 0);
      settle();
      if (node.opIndex() < 0) {
        throw new IllegalStateException("the pass does not wait for its children");
      }
    }

    private void settle() {
      for (int i = 0; i < 3; i++) {
        emulation.runUntil(emulation.now() + SETTLED_NANOS);
        host.listen();
        children.forEach(HostileNeighbour::listen);
      }
    }

    /** Sends a frame; where the op still waits then, only its buffers may have changed. */
    private void check(HostileNeighbour child) {
      int op = node.opIndex();
      int record = record(op);
      List<byte[]> before = ram.stream().map(byte[]::clone).toList();
      child.send(Dsp.loadU16(IMAGE.bytes(), record + Op.Reduce.ID), 0);
      settle();
      if (node.opIndex() != op) {
        return;
      }
      Set<Integer> operands = operands(record);
      for (int region = 0; region < ram.size(); region++) {
        for (int at = 0; at < before.get(region).length; at++) {
          if (before.get(region)[at] != ram.get(region)[at] && !isOf(operands, region, at)) {
            throw new IllegalStateException(
                "op " + op + " waits, and byte " + at + " of region " + region + " has changed");
          }
        }
      }
    }

    private static int record(int op) {
      int at = Dsp.load32(IMAGE.bytes(), ImageHeader.PROGRAM);
      for (int i = 0; i < op; i++) {
        at += Dsp.load32(IMAGE.bytes(), at) >>> 8;
      }
      return at;
    }

    /** Every word of a record that may be a buffer, and where the links keep what they send. */
    private static Set<Integer> operands(int record) {
      Set<Integer> operands = new HashSet<>();
      operands.add(Dsp.load32(IMAGE.bytes(), ImageHeader.OUTBOXES));
      int size = Dsp.load32(IMAGE.bytes(), record) >>> 8;
      for (int at = 4; at < size; at += 4) {
        operands.add(Dsp.load32(IMAGE.bytes(), record + at));
      }
      return operands;
    }

    private static boolean isOf(Set<Integer> operands, int region, int at) {
      return IMAGE.memory().buffers().stream()
          .filter(placed -> placed.region() == region && contains(placed, at))
          .anyMatch(placed -> operands.contains(Memory.buffer(1 + region, placed.offset())));
    }

    private static boolean contains(Placed placed, int at) {
      return at >= placed.offset() && at < placed.offset() + placed.bytes();
    }
  }
}
