package dunlin.firmware;

import dunlin.hal.Board;
import dunlin.hal.Machine;
import dunlin.hal.Wake;
import dunlin.kernels.Dsp;
import dunlin.kernels.Unchecked;

/**
 * A node of the flock: the machine that every board runs. It answers a HELLO on whichever port it
 * comes, takes that port for the way to the host, and asks its children the same; executes its
 * image's program for each pass that is requested, after passing the request on; and relays what
 * its children have to say to the host. Without a good image it stays reachable and says what is
 * wrong.
 */
@Unchecked
public final class Node implements Machine {
  private final Board board;
  private final Links links;
  private final byte[] image;
  private final Memory memory;
  private final Request request = new Request();
  private final Sender relay;
  private final Interpreter interpreter;
  private final int imageFault;
  private final int imageDetail;
  private final int children;
  private final int parent;

  /** How long a pass waits for a neighbour, in nanoseconds. */
  private final long patience;

  /** The first position that no pass has filled yet. */
  private int filled;

  /** Whether a HELLO has come since boot: before it, nobody knows what runs here. */
  private boolean greeted;

  private boolean running;

  /** What is to be reported as soon as the way to the host is free. */
  private int fault;

  private int faultDetail;

  /** When the pass last got any further, and how far. */
  private long progressAt;

  private int progress;

  /** Boots: all that a node ever allocates is allocated here. */
  public Node(Board board) {
    this.board = board;
    Crc32 crc = new Crc32();
    image = board.flash().bytes();
    memory = new Memory(image);
    Image candidate = new Image(image, crc);
    int found = candidate.verify(board.type());
    if (found == Fault.NONE) {
      found = candidate.reserve(board, memory);
    }
    imageFault = found;
    imageDetail = found == Fault.NONE ? 0 : candidate.detail();
    children =
        found == Fault.NONE
            ? Dsp.load32(image, ImageHeader.CHILDREN) & (1 << board.ports()) - 1
            : 0;
    parent = found == Fault.NONE ? Dsp.loadU16(image, ImageHeader.PARENT) : 0;
    links = new Links(board, wired(), children, parent, crc);
    interpreter = found == Fault.NONE ? new Interpreter(memory, request, links) : null;
    relay = new Sender(memory, request, links);
    patience = found == Fault.NONE ? Dsp.load32(image, ImageHeader.PATIENCE) * 1_000_000L : 0;
  }

  /** The ports that go anywhere, a bit each: without a good image, those that may. */
  private int wired() {
    return imageFault == Fault.NONE ? 1 | 1 << parent | children : board.hostPorts();
  }

  /** Does one thing at a time, an op at most, and asks for more time as long as anything moves. */
  @Override
  public void step(long now, Wake wake) {
    board.watchdog().feed();
    links.transmit();
    boolean moved = report();
    moved |= listen();
    moved |= advance(now);
    links.acknowledge();
    links.await(wake);
    wake.deadline = moved ? now : deadline(now);
  }

  /** When to look again though nothing has come in: for the watchdog, or to give up. */
  private long deadline(long now) {
    long period = board.watchdog().period();
    long deadline = period == Wake.NEVER ? Wake.NEVER : now + (period >> 1);
    return running && progressAt + patience < deadline ? progressAt + patience : deadline;
  }

  /** Goes on with the pass; whether it got any further. */
  private boolean advance(long now) {
    if (!running) {
      return false;
    }
    interpreter.run();
    if (interpreter.fault() != Fault.NONE) {
      fail(interpreter.fault(), interpreter.faultDetail());
    } else if (!interpreter.active()) {
      return finish();
    } else if (interpreter.progress() != progress) {
      progress = interpreter.progress();
      progressAt = now;
    } else if (now - progressAt >= patience) {
      fail(Fault.LOST_PEER, interpreter.opIndex());
    } else {
      return false;
    }
    return true;
  }

  /** Ends the pass: the root answers the host. */
  private boolean finish() {
    if (Dsp.loadU16(image, ImageHeader.RANK) == 0) {
      if (!links.upstream().ready()) {
        return false;
      }
      interpreter.writeResult(links.upstream().outgoing());
      links.upstream().send(Frame.RESULT, Result.BYTES, 0, request.position);
    }
    links.upstream().expect(1);
    running = false;
    return true;
  }

  /** The number of the op that the pass has come to; -1 where none is under way. */
  public int opIndex() {
    return running ? interpreter.opIndex() : -1;
  }

  /** Takes what has come in; whether there was anything. Each step does that first. */
  public boolean listen() {
    boolean taken = false;
    for (int port = 0; port < links.count(); port++) {
      Link link = links.at(port);
      while (link != null && link.receive() && take(port, link)) {
        taken = true;
      }
    }
    return taken;
  }

  /** Takes the frame that is in at a port; false where it must wait for something else. */
  private boolean take(int port, Link link) {
    byte[] frame = link.incoming();
    int kind = frame[Frame.KIND];
    int length = Dsp.loadU16(frame, Frame.LENGTH);
    boolean child = greeted && (children >> port & 1) != 0;
    if (kind == Frame.HELLO && length == 0) {
      return greet(port, link);
    }
    if (child && (kind == Frame.HELLO || kind == Frame.FAULT)) {
      return relay(link, kind);
    }
    if (running) {
      return false;
    }
    if (child) {
      link.inOrder();
      link.release();
      return true;
    }
    if (fault != Fault.NONE || kind == Frame.REQUEST && !childrenReady()) {
      return false;
    }
    return order(port, link, kind);
  }

  private boolean childrenReady() {
    for (int port = 0; port < links.count(); port++) {
      if ((children >> port & 1) != 0 && !links.at(port).ready()) {
        return false;
      }
    }
    return true;
  }

  /** A frame that is no greeting, from the host's side. */
  private boolean order(int port, Link link, int kind) {
    if (!greeted) {
      links.setUpstream(port);
      link.accept();
      fail(Fault.NO_HELLO, kind);
    } else if (port != links.upstreamPort()) {
      link.inOrder();
    } else if (!link.inOrder()) {
      fail(Fault.LOST_FRAME, link.expected());
    } else if (kind != Frame.REQUEST) {
      fail(Fault.UNKNOWN_FRAME, kind);
    } else if (imageFault != Fault.NONE) {
      fail(imageFault, imageDetail);
    } else {
      start(link);
    }
    link.release();
    return true;
  }

  /** A HELLO: starts anew, answers, and greets the children. */
  private boolean greet(int port, Link link) {
    if (!link.idle()) {
      return false;
    }
    running = false;
    fault = Fault.NONE;
    if (interpreter != null) {
      interpreter.abort();
    }
    greeted = true;
    links.setUpstream(port);
    link.accept();
    link.release();
    Identity.write(link.outgoing(), image, imageFault, imageDetail, board);
    link.send(Frame.HELLO, Hello.BYTES, 0, filled);
    for (int p = 0; p < links.count(); p++) {
      if ((children >> p & 1) != 0 && p != port) {
        links.at(p).restart(link.epoch());
        links.at(p).send(Frame.HELLO, 0, 0, 0);
      }
    }
    return true;
  }

  /** Passes a child's frame on; its fault ends the pass here too. */
  private boolean relay(Link link, int kind) {
    if (!links.upstream().ready()) {
      return false;
    }
    if (kind == Frame.FAULT) {
      running = false;
      interpreter.abort();
    }
    relay.relay(link);
    return true;
  }

  /** Takes a request, and passes it on to the children: each is told before any of them waits. */
  private void start(Link link) {
    int found = request.take(link.incoming(), memory, filled);
    if (found != Fault.NONE) {
      fail(found, request.detail());
      return;
    }
    int length = Dsp.loadU16(link.incoming(), Frame.LENGTH);
    for (int port = 0; port < links.count(); port++) {
      if ((children >> port & 1) != 0) {
        byte[] out = links.at(port).outgoing();
        for (int i = 0; i < length; i++) {
          out[Frame.PAYLOAD + i] = link.incoming()[Frame.PAYLOAD + i];
        }
        links.at(port).send(Frame.REQUEST, length, 0, request.position);
      }
    }
    filled = request.position + request.rows;
    running = true;
    progress = -1;
    interpreter.begin();
  }

  private void fail(int code, int detail) {
    running = false;
    if (interpreter != null) {
      interpreter.abort();
    }
    fault = code;
    faultDetail = detail;
  }

  /** Reports a fault once the way to the host is free; whether it did. */
  private boolean report() {
    if (fault == Fault.NONE || !links.upstream().ready()) {
      return false;
    }
    byte[] out = links.upstream().outgoing();
    Dsp.store32(out, Frame.PAYLOAD + Fault.CODE, fault);
    Dsp.store32(out, Frame.PAYLOAD + Fault.DETAIL, faultDetail);
    links.upstream().send(Frame.FAULT, Fault.BYTES, rank(), filled);
    fault = Fault.NONE;
    return true;
  }

  private int rank() {
    return imageFault == Fault.NONE ? Dsp.loadU16(image, ImageHeader.RANK) : 0;
  }
}
