package dunlin.firmware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.hal.Port;
import dunlin.kernels.Dsp;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Two links over a wire that damages, loses and doubles bytes, both ways at once. */
class LossyLinkPropertyTest {
  private static final int KIND = 12;

  /** Rounds in which nothing comes, after which a node would have lost its patience. */
  private static final int SILENCE = 4;

  @Property(tries = 500)
  void shouldDeliverEachFrameOnceAndInOrderWhateverHappensToBytes(
      @ForAll @IntRange(min = 0, max = 5) int perThousand,
      @ForAll @IntRange(min = 0, max = 60) int forth,
      @ForAll @IntRange(min = 0, max = 60) int back,
      @ForAll int seed) {
    Random random = new Random(seed);
    Wire there = new Wire(perThousand, random);
    Wire here = new Wire(perThousand, random);
    End a = new End(there, here, forth);
    End b = new End(here, there, back);
    a.link.restart(5);
    a.link.send(Frame.HELLO, 0, 0, 0);
    int silent = 0;
    for (int round = 0; a.taken.size() < back || b.taken.size() < forth; round++) {
      assertTrue(round < 20_000, "they wait for ever");
      boolean toA = a.step();
      boolean toB = b.step();
      silent = toA || toB ? 0 : silent + 1;
      if (silent == SILENCE) {
        a.link.ask();
        b.link.ask();
        silent = 0;
      }
    }
    assertEquals(IntStream.range(0, back).boxed().toList(), a.taken);
    assertEquals(IntStream.range(0, forth).boxed().toList(), b.taken);
    if (perThousand == 0) {
      assertEquals(0, a.link.resent() + b.link.resent() + a.link.damaged() + b.link.damaged());
    }
  }

  /** One end: sends numbered frames of many sizes, and writes down what it takes. */
  private static final class End implements Port {
    final Link link = new Link(this, 0, new Crc32());
    final List<Integer> taken = new ArrayList<>();
    private final Wire out;
    private final Wire in;
    private final int frames;
    private int sent;
    private long seen;

    End(Wire out, Wire in, int frames) {
      this.out = out;
      this.in = in;
      this.frames = frames;
    }

    /** Whether anything came. */
    boolean step() {
      boolean came = in.carried != seen;
      seen = in.carried;
      link.expect(Frame.WINDOW);
      link.transmit();
      while (link.receive()) {
        take(link.incoming());
      }
      if (sent < frames && link.epoch() != 0 && link.ready()) {
        Dsp.store32(link.outgoing(), Frame.PAYLOAD, sent);
        link.send(KIND, 4 + sent * 37 % (Frame.MAX_PAYLOAD - 4), 0, 0);
        sent++;
      }
      link.transmit();
      return came;
    }

    private void take(byte[] frame) {
      if (frame[Frame.KIND] == KIND) {
        taken.add(Dsp.load32(frame, Frame.PAYLOAD));
        link.release();
      } else if (Dsp.loadU16(frame, Frame.LENGTH) > 0) {
        link.release(); // the answer to the HELLO
      } else {
        link.accept();
        link.send(Frame.HELLO, 4, 0, 0);
      }
    }

    @Override
    public int available() {
      return in.bytes.size();
    }

    @Override
    public int read(byte[] into, int offset, int max) {
      int count = Math.min(max, available());
      for (int i = 0; i < count; i++) {
        into[offset + i] = in.bytes.remove();
      }
      return count;
    }

    @Override
    public int writable() {
      return Wire.AT_ONCE;
    }

    @Override
    public int write(byte[] from, int offset, int count) {
      int accepted = Math.min(count, Wire.AT_ONCE);
      for (int i = 0; i < accepted; i++) {
        out.carry(from[offset + i]);
      }
      return accepted;
    }

    @Override
    public int errors() {
      return 0;
    }
  }

  /** One direction. */
  private static final class Wire {
    static final int AT_ONCE = 100;

    final Queue<Byte> bytes = new ArrayDeque<>();
    private final int perThousand;
    private final Random random;
    private long carried;

    Wire(int perThousand, Random random) {
      this.perThousand = perThousand;
      this.random = random;
    }

    void carry(byte value) {
      carried++;
      if (random.nextInt(1000) >= perThousand) {
        bytes.add(value);
        return;
      }
      switch (random.nextInt(4)) {
        case 0 -> bytes.add((byte) (value ^ 1 << random.nextInt(8)));
        case 1 -> bytes.add((byte) random.nextInt());
        case 2 -> {
          bytes.add(value);
          bytes.add(value);
        }
        default -> {} // lost
      }
    }
  }
}
