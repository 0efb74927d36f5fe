package dunlin.host.run;

import dunlin.boards.Refusal;
import dunlin.firmware.Crc32;
import dunlin.firmware.Fault;
import dunlin.firmware.Frame;
import dunlin.firmware.Hello;
import dunlin.firmware.Link;
import dunlin.firmware.Request;
import dunlin.firmware.Result;
import dunlin.firmware.Segment;
import dunlin.kernels.Candidate;
import dunlin.kernels.Dsp;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The host's side of the console protocol: one pass at a time, and what it shows. */
public final class Coordinator {
  private final Console console;
  private final Link link;
  private int epoch;
  private int vocabulary;
  private List<NodeIdentity> flock = List.of();

  /** Talks over {@code console}; nothing is sent yet. */
  public Coordinator(Console console) {
    this.console = console;
    link = new Link(console.port(), 0, Frame.UNLIMITED, new Crc32());
  }

  /**
   * Asks the node who it is, and starts the link's numbering anew. The node may be in the middle of
   * anything: what it sent before is dropped, and a frame that it has the beginning of is filled up
   * first, or it would take the HELLO for the rest.
   */
  public NodeIdentity hello() {
    link.discard();
    console.port().write(new byte[Frame.MAX_BYTES], 0, Frame.MAX_BYTES);
    link.restart(++epoch);
    link.send(Frame.HELLO, 0, 0, 0);
    await();
    while (link.incoming()[Frame.KIND] != Frame.HELLO) {
      link.release();
      await();
    }
    expectInOrder();
    NodeIdentity root = identity();
    if (root.rank() != 0) {
      throw new Refusal(
          "the host is wired to rank " + root.rank() + ", not to the root",
          "wire it to rank 0, or exchange the images");
    }
    List<NodeIdentity> answers = new ArrayList<>(List.of(root));
    while (answers.size() < root.nodes()) {
      receive();
      answers.add(identity());
    }
    checkFlock(root, answers);
    answers.sort(Comparator.comparingInt(NodeIdentity::rank));
    flock = List.copyOf(answers);
    vocabulary = root.vocabulary();
    return root;
  }

  /** Who answered the last HELLO, by rank. */
  public List<NodeIdentity> flock() {
    return flock;
  }

  /** The plan's ranks must be there, each once, and all of one plan. */
  private static void checkFlock(NodeIdentity root, List<NodeIdentity> flock) {
    boolean[] there = new boolean[root.nodes()];
    for (NodeIdentity node : flock) {
      if (node.planHash() != root.planHash() || node.rank() >= there.length) {
        throw new Refusal(
            String.format(
                "rank %d has an image of plan %016x, the root of plan %016x",
                node.rank(), node.planHash(), root.planHash()),
            "flash all boards from one plan");
      }
      if (there[node.rank()]) {
        throw new Refusal(
            "2 boards have the image of rank " + node.rank(),
            "flash each board with the image of its rank");
      }
      there[node.rank()] = true;
    }
  }

  /** Reads the HELLO that is in, and lets it go. */
  private NodeIdentity identity() {
    NodeIdentity identity = NodeIdentity.read(link.incoming());
    expect(Frame.HELLO);
    if (identity.protocol() != Hello.PROTOCOL_VERSION) {
      throw new Refusal(
          "the node speaks protocol " + identity.protocol() + ", not " + Hello.PROTOCOL_VERSION,
          "bring host and firmware to one version");
    }
    if (identity.fault() != Fault.NONE) {
      throw FaultWords.refusal(identity.fault(), identity.faultDetail());
    }
    return identity;
  }

  /**
   * Runs a pass.
   *
   * @param tokens at most the image's rows
   * @param position of the first token
   * @param flags of {@link Request}
   */
  public PassResult pass(int[] tokens, int position, int flags, Sampling sampling) {
    request(tokens, position, flags, sampling);
    List<Pieces> taps = new ArrayList<>();
    LogitPieces logits = new LogitPieces(4 * vocabulary * tokens.length);
    while (true) {
      receive();
      byte[] frame = link.incoming();
      switch (frame[Frame.KIND]) {
        case Frame.TAP -> tap(frame, taps).add(frame);
        case Frame.LOGITS -> logits.add(frame);
        default -> {
          PassResult result = result(frame, logits, taps);
          expect(Frame.RESULT);
          return result;
        }
      }
      link.release();
    }
  }

  /** The tap that {@code frame} belongs to: taps come one after the other. */
  private static Pieces tap(byte[] frame, List<Pieces> taps) {
    int number = Dsp.load32(frame, Frame.PAYLOAD + Segment.WHAT);
    if (number == taps.size()) {
      taps.add(new Pieces());
    }
    if (number != taps.size() - 1) {
      throw new Refusal(
          "the node sent tap " + number + ", where " + taps.size() + " is due",
          "bring host and firmware to one version");
    }
    return taps.get(number);
  }

  private void request(int[] tokens, int position, int flags, Sampling sampling) {
    byte[] out = link.outgoing();
    int at = Frame.PAYLOAD;
    Dsp.store16(out, at + Request.FLAGS, flags);
    Dsp.store16(out, at + Request.ROWS, tokens.length);
    Dsp.store32(out, at + Request.TEMPERATURE, sampling.temperature());
    Dsp.store32(out, at + Request.TOP_K, sampling.topK());
    Dsp.store32(out, at + Request.SEED, (int) sampling.seed());
    Dsp.store32(out, at + Request.SEED + 4, (int) (sampling.seed() >>> 32));
    for (int i = 0; i < tokens.length; i++) {
      Dsp.store32(out, at + Request.TOKENS + 4 * i, tokens[i]);
    }
    link.send(Frame.REQUEST, Request.TOKENS + 4 * tokens.length, 0, position);
  }

  private static PassResult result(byte[] frame, LogitPieces logits, List<Pieces> taps) {
    int token = Dsp.load32(frame, Frame.PAYLOAD + Result.TOKEN);
    int value = Dsp.load32(frame, Frame.PAYLOAD + Result.VALUE);
    return new PassResult(
        token == Candidate.NONE ? -1 : token,
        value,
        words(logits.bytes()),
        taps.stream().map(Pieces::bytes).toList());
  }

  /** Waits for the next frame, whichever. */
  private void await() {
    while (!link.receive()) {
      if (!console.await(link.missing())) {
        throw new Refusal(
            "the node does not answer (" + console.state() + ")",
            "check its power and wiring, and that it runs Dunlin's firmware");
      }
    }
  }

  private void expectInOrder() {
    if (!link.inOrder()) {
      throw new Refusal("a frame from the node was lost", "check the wiring, run again");
    }
  }

  /** Waits for the next frame, which must be the one that is due and must not be a fault. */
  private void receive() {
    await();
    expectInOrder();
    byte[] frame = link.incoming();
    if (frame[Frame.KIND] == Frame.FAULT) {
      int code = Dsp.load32(frame, Frame.PAYLOAD + Fault.CODE);
      int detail = Dsp.load32(frame, Frame.PAYLOAD + Fault.DETAIL);
      link.release();
      throw FaultWords.refusal(code, detail);
    }
  }

  /** The frame that is in must be of this kind; it is let go. */
  private void expect(int kind) {
    int actual = link.incoming()[Frame.KIND];
    link.release();
    if (actual != kind) {
      throw new Refusal(
          "the node sent a frame of kind " + actual + ", not " + kind,
          "bring host and firmware to one version");
    }
  }

  private static int[] words(byte[] bytes) {
    int[] words = new int[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words);
    return words;
  }
}
