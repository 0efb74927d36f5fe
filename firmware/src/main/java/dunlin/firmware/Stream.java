package dunlin.firmware;

import dunlin.kernels.Copy;
import dunlin.kernels.Dsp;
import dunlin.kernels.Unchecked;

/**
 * How far the collective under way has come. What comes in from a port comes in order, so a count
 * for each port is all there is to remember; what each count counts is the collective's affair.
 */
@Unchecked
final class Stream {
  private final Request request;
  private final Links links;

  /** For each port: how much of the stream has come from it, or gone to it. */
  final int[] moved;

  /** How much of the stream is here. */
  int here;

  private int id;
  private int fault;
  private int detail;

  /** Segments that have come or gone; wraps. */
  private int moves;

  Stream(Request request, Links links) {
    this.request = request;
    this.links = links;
    moved = new int[links.ports()];
  }

  /** Before a collective. */
  void begin() {
    clear();
    here = 0;
    fault = Fault.NONE;
  }

  /** Back to nothing moved on any port. */
  void clear() {
    for (int port = 0; port < moved.length; port++) {
      moved[port] = 0;
    }
  }

  /** The number of the collective under way. */
  void setId(int collective) {
    id = collective;
  }

  /** What went wrong: a {@link Fault}. */
  int fault() {
    return fault;
  }

  /** The fault's detail. */
  int detail() {
    return detail;
  }

  /** Segments that have come or gone so far; wraps. */
  int moves() {
    return moves;
  }

  /** A port's link. */
  Link at(int port) {
    return links.at(port);
  }

  /** Whether {@code port} is in a set of ports, a bit each. */
  static boolean has(int ports, int port) {
    return (ports >> port & 1) != 0;
  }

  /**
   * Whether this collective's next segment is in at {@code port}; another's, or one that is too
   * long, is a fault.
   *
   * @param most bytes that it may have
   * @param unit bytes of which it must be a multiple
   */
  boolean arrived(int port, int most, int unit) {
    Link link = links.at(port);
    link.expect(frames(most, unit));
    if (link.owes()) {
      link.transmit();
    }
    if (fault != Fault.NONE || link.owes() || !link.receive()) {
      return false;
    }
    byte[] in = link.incoming();
    if (in[Frame.KIND] != Frame.DATA) {
      return false;
    }
    int length = Dsp.loadU16(in, Frame.LENGTH);
    if (Dsp.loadU16(in, Frame.OP_INDEX) != id
        || Dsp.loadU16(in, Frame.POSITION) != request.position
        || length > most
        || length % unit != 0) {
      fault = Fault.OUT_OF_STEP;
      detail = port << 16 | id;
      return false;
    }
    moves++;
    return true;
  }

  /** Frames that carry {@code bytes} bytes, each as many units as fit. */
  private static int frames(int bytes, int unit) {
    int segment = Frame.MAX_PAYLOAD / unit * unit;
    return (bytes + segment - 1) / segment;
  }

  /** Copies {@code count} bytes to the payload that goes out at {@code port}. */
  void copy(byte[] from, int at, int port, int count) {
    Copy.bytes(from, at, links.at(port).outgoing(), Frame.PAYLOAD, count);
  }

  /** Sends the payload that lies ready at {@code port}. */
  void send(int port, int length) {
    moves++;
    links.at(port).send(Frame.DATA, length, id, request.position);
  }

  /** The size of the next segment. */
  static int segment(int left, int most) {
    return left < most ? left : most;
  }
}
