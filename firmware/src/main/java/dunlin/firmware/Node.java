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
 * its children have to say to the host. Once at boot it says by itself who it is, so that a flock
 * that it was lost to learns of it. Without a good image it stays reachable and says what is wrong.
 */
@Unchecked
public final class Node implements Machine {
  /** How often a pass asks for what may be lost before it gives its neighbours up. */
  public static final int ATTEMPTS = 8;

  private final Board board;
  private final Links links;
  private final byte[] image;
  private final Memory memory;
  private final Request request = new Request();
  private final Input input;
  private final Sender relay;
  private final Interpreter interpreter;
  private final Loader loader;

  /** What is wrong with the image; it is gone as soon as its flash changes. */
  private int imageFault;

  private int imageDetail;

  /** How long a pass waits for a neighbour, in nanoseconds. */
  private final long patience;

  /** The first position that no pass has filled yet. */
  private int filled;

  /** Whether this node has said that it has booted. */
  private boolean announced;

  /** The children, a bit each, whose answer to the last HELLO has come. */
  private int answered;

  private boolean running;

  /** Links of which the host has been told how they fare; all where it has not asked. */
  private int told;

  /** What is to be reported as soon as the way to the host is free. */
  private int fault;

  private int faultDetail;

  /** When the pass last got any further, and how far. */
  private long progressAt;

  private int progress;

  /** When to ask the neighbours for what may be lost. */
  private long askAt;

  /** Boots: all that a node ever allocates is allocated here. */
  public Node(Board board) {
    this.board = board;
    Crc32 crc = new Crc32();
    image = board.flash().bytes();
    memory = new Memory(image);
    Image candidate = new Image(board.flash(), crc);
    int found = candidate.verify(board.type());
    if (found == Fault.NONE) {
      found = candidate.reserve(board, memory);
    }
    imageFault = found;
    imageDetail = found == Fault.NONE ? 0 : candidate.detail();
    links = found == Fault.NONE ? Links.of(board, memory, crc) : Links.toHosts(board, crc);
    input = found == Fault.NONE ? new Input(memory) : null;
    interpreter = found == Fault.NONE ? new Interpreter(memory, request, links) : null;
    relay = new Sender(memory, request, links);
    loader = new Loader(board, links);
    told = links.count();
    patience = found == Fault.NONE ? Dsp.load32(image, ImageHeader.PATIENCE) * 1_000_000L : 0;
  }

  /** Does one thing at a time, an op at most, and asks for more time as long as anything moves. */
  @Override
  public void step(long now, Wake wake) {
    board.watchdog().feed();
    if (!announced) {
      announce();
    }
    links.transmit();
    boolean moved = report() || tell(now) || loader.answer(imageFault, imageDetail);
    moved |= listen();
    moved |= advance(now);
    wake.deadline = now;
    if (!moved) {
      rest(now, wake);
    }
  }

  /** Says the last there is to say, and what to wake for. */
  private void rest(long now, Wake wake) {
    if (!running && links.upstream().questioned()) {
      links.askChildren();
    }
    links.transmit();
    links.await(wake);
    wake.flashIdle = loader.writing();
    wake.deadline = deadline(now);
  }

  /** When to look again though nothing has come in: for the watchdog, or to give up. */
  private long deadline(long now) {
    long period = board.watchdog().period();
    long deadline = period == Wake.NEVER ? Wake.NEVER : now + (period >> 1);
    return running && askAt < deadline ? askAt : deadline;
  }

  /**
   * To all sides, since nothing is known yet of any: whoever has counted on this node must know.
   */
  private void announce() {
    announced = true;
    for (int i = 0; i < links.count(); i++) {
      introduce(links.get(i));
    }
  }

  private void introduce(Link link) {
    Identity.write(link.outgoing(), image, imageFault, imageDetail, board);
    link.send(Frame.HELLO, Hello.BYTES, 0, filled);
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
      askAt = now + patience / ATTEMPTS;
    } else if (now - progressAt >= patience) {
      fail(Fault.LOST_PEER, interpreter.opIndex());
    } else {
      if (now >= askAt) {
        links.ask();
        askAt = now + patience / ATTEMPTS;
      }
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

  /** The rows of the pass under way. */
  public int rows() {
    return request.rows;
  }

  /** The position of its first row. */
  public int position() {
    return request.position;
  }

  /** Takes what has come in; whether there was anything. Each step does that first. */
  public boolean listen() {
    boolean taken = false;
    for (int i = 0; i < links.count(); i++) {
      Link link = links.get(i);
      while (link.receive() && take(link.number(), link)) {
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
    boolean child = links.child(port);
    if (kind == Frame.HELLO && length == 0) {
      return greet(port, link);
    }
    if (link.foreign()) {
      return booted(port, link);
    }
    if (child && reports(kind)) {
      return relay(port, link, kind);
    }
    if (kind == Frame.FLASH && orders(port, link)) {
      return load(link);
    }
    if (running) {
      return false;
    }
    if (child) {
      link.release();
      return true;
    }
    boolean passedOn = kind == Frame.REQUEST || kind == Frame.STATUS;
    if (fault != Fault.NONE) {
      return false;
    }
    int missing = passedOn ? links.childBeyond(answered) : -1;
    if (missing >= 0 && orders(port, link)) {
      fail(Fault.NO_NODE, missing); // or what waits for that child would hold up all that follows
      link.release();
      return true;
    }
    if (passedOn && !links.childrenReady()) {
      return false;
    }
    return order(port, link, kind);
  }

  /** Whether it is for the host what a child says. */
  private static boolean reports(int kind) {
    return kind == Frame.HELLO
        || kind == Frame.FAULT
        || kind == Frame.STATUS
        || kind == Frame.FLASH;
  }

  /** Whether who is at a port may order anything. */
  private boolean orders(int port, Link link) {
    return port == links.upstreamPort() && link.epoch() != 0;
  }

  /** Has an order for some node's flash carried out; an image that changes is none. */
  private boolean load(Link link) {
    if (running) {
      loader.refuse(link, Fault.BUSY, interpreter.opIndex());
      return true;
    }
    boolean done = loader.take(link);
    if (loader.changed()) {
      imageFault = Fault.NO_IMAGE;
      imageDetail = 0;
    }
    return done;
  }

  /** A neighbour says that it has booted: a child that had answered is lost to the flock. */
  private boolean booted(int port, Link link) {
    link.skip();
    if ((answered >> port & 1) != 0) {
      answered = 0;
      fail(Fault.CHILD_RESET, port);
    }
    return true;
  }

  /** A frame that is no greeting, from the host's side. */
  private boolean order(int port, Link link, int kind) {
    if (!orders(port, link)) {
      link.release();
      return true;
    }
    if (kind == Frame.STATUS) {
      ask();
    } else if (kind != Frame.REQUEST && kind != Frame.INPUT) {
      fail(Fault.UNKNOWN_FRAME, kind);
    } else if (imageFault != Fault.NONE) {
      fail(imageFault, imageDetail);
    } else if (kind == Frame.INPUT) {
      takeInput(link);
    } else {
      start(link);
    }
    link.release();
    return true;
  }

  /** Takes a piece of input. */
  private void takeInput(Link link) {
    if (input.take(link.incoming()) != Fault.NONE) {
      fail(Fault.INPUT, input.here());
    }
    link.expect(1 + input.frames());
  }

  /** The host wants to know how links fare: the children's too. */
  private void ask() {
    told = 0;
    for (int port = 0; port < links.ports(); port++) {
      if (links.child(port)) {
        links.at(port).send(Frame.STATUS, 0, 0, 0);
      }
    }
  }

  /** Tells of the next link, once the way to the host is free; whether it did. */
  private boolean tell(long now) {
    if (told >= links.count() || !links.upstream().ready()) {
      return false;
    }
    Status.write(links.upstream().outgoing(), rank(), links.get(told), links.count(), now);
    links.upstream().send(Frame.STATUS, Status.BYTES, 0, filled);
    told++;
    return true;
  }

  /** A HELLO: starts anew, answers, and greets the children. */
  private boolean greet(int port, Link link) {
    if (!link.idle() || !links.childrenIdle()) {
      return false; // what is cut short would swallow what follows
    }
    if (loader.writing()) {
      return false; // it takes what it works on from another link
    }
    loader.abort();
    running = false;
    fault = Fault.NONE;
    if (interpreter != null) {
      interpreter.abort();
      input.clear();
    }
    answered = 0;
    told = links.count();
    links.setUpstream(port);
    link.accept();
    introduce(link);
    for (int p = 0; p < links.ports(); p++) {
      if (links.child(p) && p != port) {
        links.at(p).restart(link.epoch());
        links.at(p).send(Frame.HELLO, 0, 0, 0);
      }
    }
    return true;
  }

  /** Passes a child's frame on; its fault ends the pass here too. */
  private boolean relay(int port, Link link, int kind) {
    if (!links.upstream().ready()) {
      return false;
    }
    if (kind == Frame.FAULT) {
      running = false;
      interpreter.abort();
    } else if (kind == Frame.HELLO) {
      answered |= 1 << port;
    }
    relay.relay(link);
    return true;
  }

  /** Takes a request, and passes it on to the children: each is told before any of them waits. */
  private void start(Link link) {
    int found = request.take(link.incoming(), memory, input, filled);
    if (found != Fault.NONE) {
      fail(found, request.detail());
      return;
    }
    int length = Dsp.loadU16(link.incoming(), Frame.LENGTH);
    for (int port = 0; port < links.ports(); port++) {
      if (links.child(port)) {
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
