package dunlin.host.run;

import dunlin.boards.Refusal;
import dunlin.firmware.Fault;
import dunlin.firmware.Frame;
import dunlin.firmware.Hello;
import dunlin.firmware.Request;
import dunlin.firmware.Result;
import dunlin.firmware.Segment;
import dunlin.firmware.Status;
import dunlin.kernels.Candidate;
import dunlin.kernels.Dsp;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The host's side of the console protocol: one pass at a time, and what it shows. */
public final class Coordinator {
  /** HELLOs to which not everybody answers before the flock is lost. */
  private static final int UNANSWERED = 2;

  /** HELLOs while nodes go on booting. */
  private static final int GREETINGS = 20;

  /** Ranks in a message: a root may claim any number. */
  private static final int MOST_NAMED = 16;

  /** Labels that an encoder may have: more than it has words, perhaps. */
  private static final int MOST_LABELS = 4_096;

  private final HostLink link;
  private int vocabulary;
  private int filled;
  private List<NodeIdentity> flock = List.of();

  /** Talks over {@code console}; nothing is sent yet. */
  public Coordinator(Console console) {
    link = new HostLink(console);
  }

  /**
   * Asks all nodes who they are, and starts the links' numbering anew, whatever they are doing. A
   * flock that was greeted before must be the same.
   *
   * @return the root
   */
  public NodeIdentity hello() {
    List<NodeIdentity> answers = greet();
    NodeIdentity root = answers.get(0);
    checkFlock(root, answers);
    answers.sort(Comparator.comparingInt(NodeIdentity::rank));
    checkSame(answers);
    flock = List.copyOf(answers);
    vocabulary = root.vocabulary();
    return root;
  }

  /** The answers as they come, the root's first. */
  private List<NodeIdentity> greet() {
    int unanswered = 0;
    for (int greeting = 1; ; greeting++) {
      List<NodeIdentity> answers = new ArrayList<>();
      link.greet();
      filled = Integer.MAX_VALUE;
      try {
        do {
          answers.add(identity(answers.isEmpty()));
          checkRoot(answers.get(0));
        } while (answers.size() < answers.get(0).nodes());
        return answers;
      } catch (Silence e) {
        if (++unanswered == UNANSWERED) {
          throw answers.isEmpty() ? e : missing(answers);
        }
      } catch (LostContact e) {
        if (greeting == GREETINGS) {
          throw e;
        }
      }
    }
  }

  private static void checkRoot(NodeIdentity root) {
    if (root.rank() != 0) {
      throw new Refusal(
          "the host is wired to rank " + root.rank() + ", not to the root",
          "wire it to rank 0, or exchange the images");
    }
  }

  private static LostContact missing(List<NodeIdentity> answers) {
    Set<Integer> ranks =
        IntStream.range(0, answers.get(0).nodes())
            .boxed()
            .collect(Collectors.toCollection(TreeSet::new));
    answers.forEach(node -> ranks.remove(node.rank()));
    String which =
        ranks.stream().limit(MOST_NAMED).map(String::valueOf).collect(Collectors.joining(", "));
    int more = ranks.size() - MOST_NAMED;
    return new LostContact(
        "no answer from rank " + which + (more > 0 ? " and " + more + " more" : ""),
        "check the power and wiring of those boards");
  }

  /** Positions that every node has filled its caches for, as of the last HELLO. */
  int filled() {
    return filled;
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

  private void checkSame(List<NodeIdentity> answers) {
    for (NodeIdentity before : flock) {
      NodeIdentity now = before.rank() < answers.size() ? answers.get(before.rank()) : null;
      if (now == null || now.imageCrc() != before.imageCrc()) {
        throw new Refusal(
            "rank " + before.rank() + " holds another image than before", "start the text again");
      }
    }
  }

  /** Takes the next answer to the HELLO. */
  private NodeIdentity identity(boolean isFirst) {
    byte[] frame = link.await(HostLink.Patience.HELLO);
    while (link.rebooted()) { // it has booted, or another HELLO's answer has been under way
      link.release();
      if (!isFirst) {
        throw reset();
      }
      frame = link.await(HostLink.Patience.HELLO);
    }
    refuseFault(frame);
    NodeIdentity identity = NodeIdentity.read(frame);
    filled = Math.min(filled, Dsp.loadU16(frame, Frame.POSITION));
    check(frame, Frame.HELLO);
    link.release();
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
    return pass(tokens.length, tokens, position, flags, sampling);
  }

  /**
   * Runs a pass about an input.
   *
   * @param input as the model takes it
   * @param rows of the pass
   * @param flags of {@link Request}
   */
  public PassResult pass(byte[] input, int rows, int flags) {
    for (int at = 0; at < input.length; at += Frame.MAX_PAYLOAD) {
      awaitRoom();
      int length = Math.min(Frame.MAX_PAYLOAD, input.length - at);
      System.arraycopy(input, at, link.outgoing(), Frame.PAYLOAD, length);
      link.send(Frame.INPUT, length, at / 4);
    }
    awaitRoom();
    return pass(rows, new int[0], 0, flags, Sampling.GREEDY);
  }

  /** Waits until the root takes another frame: none but a fault is due from it. */
  private void awaitRoom() {
    if (!link.awaitRoom()) {
      check(receive(), Frame.FAULT);
    }
  }

  private PassResult pass(int rows, int[] tokens, int position, int flags, Sampling sampling) {
    request(rows, tokens, position, flags, sampling);
    List<Pieces> taps = new ArrayList<>();
    LogitPieces logits = new LogitPieces(4 * Math.max(vocabulary, MOST_LABELS) * rows);
    while (true) {
      byte[] frame = receive();
      switch (frame[Frame.KIND]) {
        case Frame.TAP -> tap(frame, taps).add(frame);
        case Frame.LOGITS -> logits.add(frame);
        default -> {
          check(frame, Frame.RESULT);
          PassResult result = result(frame, logits, taps);
          link.release();
          return result;
        }
      }
      link.release();
    }
  }

  /** How every link fares as each of its nodes sees it, by rank and port. */
  public List<LinkStatus> links() {
    link.send(Frame.STATUS, 0, 0);
    List<LinkStatus> links = new ArrayList<>();
    int[] untold = new int[flock.size()];
    Arrays.fill(untold, -1);
    while (Arrays.stream(untold).anyMatch(left -> left != 0)) {
      byte[] frame = receive();
      check(frame, Frame.STATUS);
      LinkStatus status = LinkStatus.read(frame);
      int all = Dsp.load32(frame, Frame.PAYLOAD + Status.LINKS);
      link.release();
      if (status.rank() >= untold.length || untold[status.rank()] == 0) {
        throw new Refusal(
            "rank " + status.rank() + " told of a link that it should not have",
            "bring host and firmware to one version");
      }
      untold[status.rank()] = (untold[status.rank()] < 0 ? all : untold[status.rank()]) - 1;
      links.add(status);
    }
    links.sort(Comparator.comparingInt(LinkStatus::rank).thenComparingInt(LinkStatus::port));
    return links;
  }

  /** The tap that {@code frame} belongs to: taps come one after the other. */
  private static Pieces tap(byte[] frame, List<Pieces> taps) {
    int number = Dsp.load32(frame, Frame.PAYLOAD + Segment.WHAT);
    if (number == taps.size()) {
      taps.add(new Pieces());
    }
    if (number < 0 || number != taps.size() - 1) {
      throw new Refusal(
          "the node sent tap " + number + ", where " + taps.size() + " is due",
          "bring host and firmware to one version");
    }
    return taps.get(number);
  }

  private void request(int rows, int[] tokens, int position, int flags, Sampling sampling) {
    byte[] out = link.outgoing();
    int at = Frame.PAYLOAD;
    Dsp.store16(out, at + Request.FLAGS, flags);
    Dsp.store16(out, at + Request.ROWS, rows);
    Dsp.store32(out, at + Request.TEMPERATURE, sampling.temperature());
    Dsp.store32(out, at + Request.TOP_K, sampling.topK());
    Dsp.store32(out, at + Request.SEED, (int) sampling.seed());
    Dsp.store32(out, at + Request.SEED + 4, (int) (sampling.seed() >>> 32));
    for (int i = 0; i < tokens.length; i++) {
      Dsp.store32(out, at + Request.TOKENS + 4 * i, tokens[i]);
    }
    link.send(Frame.REQUEST, Request.TOKENS + 4 * tokens.length, position);
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

  /** Waits for the next frame of a pass, which must not be a fault. */
  private byte[] receive() {
    byte[] frame = link.await(HostLink.Patience.PASS);
    if (link.rebooted()) {
      link.release();
      throw reset();
    }
    refuseFault(frame);
    return frame;
  }

  private LostContact reset() {
    return new LostContact("the root was reset (" + link.state() + ")", "start the text again");
  }

  private void refuseFault(byte[] frame) {
    if (frame[Frame.KIND] == Frame.FAULT) {
      int code = Dsp.load32(frame, Frame.PAYLOAD + Fault.CODE);
      int detail = Dsp.load32(frame, Frame.PAYLOAD + Fault.DETAIL);
      link.release();
      throw FaultWords.refusal(code, detail);
    }
  }

  private void check(byte[] frame, int kind) {
    if (frame[Frame.KIND] == kind) {
      return;
    }
    int other = frame[Frame.KIND];
    link.release();
    throw new Refusal(
        "the node sent a frame of kind " + other + ", not " + kind,
        "bring host and firmware to one version");
  }

  private static int[] words(byte[] bytes) {
    int[] words = new int[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words);
    return words;
  }
}
