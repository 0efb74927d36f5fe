package dunlin.firmware;

import dunlin.kernels.Candidate;
import dunlin.kernels.Dsp;
import dunlin.kernels.Embedding;
import dunlin.kernels.LinearDsp;
import dunlin.kernels.Noise;
import dunlin.kernels.TopK;

/**
 * Executes the collectives, each as a stream of segments that goes on wherever a link lets it:
 * {@link #run} is called again until it is done. What comes in from a port comes in order, so a
 * count for each port is all there is to remember.
 */
final class Exchange {
  private final Memory memory;
  private final byte[] image;
  private final Request request;
  private final Links links;

  /** For each port: how much of the stream has come from it, or gone to it. */
  private final int[] moved;

  /** How much of the stream is here. */
  private int here;

  /** The record being executed, and its collective's number. */
  private int op;

  private int id;
  private int fault;
  private int detail;

  /** Segments that have come or gone; wraps. */
  private int moves;

  Exchange(Memory memory, Request request, Links links) {
    this.memory = memory;
    this.image = memory.image();
    this.request = request;
    this.links = links;
    moved = new int[links.count()];
  }

  /** What went wrong in {@link #run}: a {@link Fault}. */
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

  /** Before a collective. */
  void begin() {
    for (int port = 0; port < moved.length; port++) {
      moved[port] = 0;
    }
    here = 0;
    fault = Fault.NONE;
  }

  /** Goes on with the collective of the record at {@code record}; false while it must wait. */
  boolean run(int code, int record) {
    op = record;
    id = field(Op.Broadcast.ID);
    switch (code) {
      case Op.Broadcast.CODE:
        return broadcast();
      case Op.Reduce.CODE:
        return reduce();
      case Op.Merge.CODE:
        return merge();
      default:
        return fetch();
    }
  }

  /** The stream: the words of SCALES, then the rows of BUFFER. */
  private boolean broadcast() {
    int rows = rows(Op.Broadcast.ROWS);
    int scaleBytes = field(Op.Broadcast.SCALES) == Op.NO_BUFFER ? 0 : rows << 2;
    int total = scaleBytes + rows * field(Op.Broadcast.ROW_BYTES);
    int from = field(Op.Broadcast.FROM);
    if (from == Op.NO_PORT) {
      here = total;
    }
    while (here < total && arrived(from)) {
      byte[] in = links.at(from).incoming();
      int count = Dsp.loadU16(in, Frame.LENGTH);
      for (int i = 0; i < count; i++) {
        int buffer = part(scaleBytes, here + i);
        memory.array(buffer)[Memory.offset(buffer)] = in[Frame.PAYLOAD + i];
      }
      here += count;
      links.at(from).release();
    }
    int to = field(Op.Broadcast.TO);
    boolean done = here == total;
    for (int port = 0; port < moved.length; port++) {
      if ((to >> port & 1) != 0) {
        forward(port, scaleBytes, total);
        done &= moved[port] == total;
      }
    }
    return done;
  }

  /**
   * Sends what is here of a broadcast's stream and has not gone to {@code port}, whole segments.
   */
  private void forward(int port, int scaleBytes, int total) {
    while (moved[port] < total && links.at(port).ready()) {
      int count = segment(total - moved[port], Frame.MAX_PAYLOAD);
      if (moved[port] + count > here) {
        return;
      }
      byte[] out = links.at(port).outgoing();
      for (int i = 0; i < count; i++) {
        int buffer = part(scaleBytes, moved[port] + i);
        out[Frame.PAYLOAD + i] = memory.array(buffer)[Memory.offset(buffer)];
      }
      moved[port] += count;
      send(port, count);
    }
  }

  /** Byte {@code at} of a broadcast's stream, as a buffer. */
  private int part(int scaleBytes, int at) {
    return at < scaleBytes
        ? field(Op.Broadcast.SCALES) + at
        : field(Op.Broadcast.BUFFER) + at - scaleBytes;
  }

  /** The stream: the sums of all rows. What has come from every child goes on upstream. */
  private boolean reduce() {
    int total = request.rows * field(Op.Reduce.CHANNELS);
    int from = field(Op.Reduce.FROM);
    int to = field(Op.Reduce.TO);
    int bytes = field(Op.Reduce.ELEMENT_BYTES);
    int complete = total;
    for (int port = 0; port < moved.length; port++) {
      if ((from >> port & 1) != 0) {
        while (moved[port] < total && arrived(port)) {
          add(port, bytes);
        }
        complete = moved[port] < complete ? moved[port] : complete;
      }
    }
    if (to == Op.NO_PORT) {
      return complete == total;
    }
    while (here < total && links.at(to).ready()) {
      int count = segment(total - here, Frame.MAX_PAYLOAD / bytes);
      if (here + count > complete) {
        return false;
      }
      pack(to, bytes, count);
    }
    return here == total;
  }

  /** Adds the segment that is in at {@code port}. */
  private void add(int port, int bytes) {
    byte[] in = links.at(port).incoming();
    int buffer = field(Op.Reduce.BUFFER);
    byte[] sums = memory.array(buffer);
    int at = Memory.offset(buffer) + (moved[port] << 2);
    int end = Frame.PAYLOAD + Dsp.loadU16(in, Frame.LENGTH);
    for (int i = Frame.PAYLOAD; i < end; i += bytes) {
      int value = bytes == 4 ? Dsp.load32(in, i) : Dsp.loadU16(in, i) | in[i + 2] << 16;
      Dsp.store32(sums, at, Dsp.load32(sums, at) + value);
      at += 4;
      moved[port]++;
    }
    links.at(port).release();
  }

  /** Sends the next {@code count} sums. */
  private void pack(int port, int bytes, int count) {
    byte[] out = links.at(port).outgoing();
    int buffer = field(Op.Reduce.BUFFER);
    byte[] sums = memory.array(buffer);
    int at = Memory.offset(buffer) + (here << 2);
    int to = Frame.PAYLOAD;
    for (int i = 0; i < count; i++) {
      int value = Dsp.load32(sums, at);
      Dsp.store16(out, to, value);
      out[to + 2] = (byte) (value >> 16);
      if (bytes == 4) {
        out[to + 3] = (byte) (value >> 24);
      }
      at += 4;
      to += bytes;
    }
    here += count;
    send(port, count * bytes);
  }

  /** The stream: the candidates. */
  private boolean merge() {
    int k = request.candidates();
    int from = field(Op.Merge.FROM);
    int to = field(Op.Merge.TO);
    int buffer = field(Op.Merge.SCRATCH);
    byte[] list = memory.array(buffer);
    int at = Memory.offset(buffer) + Noise.scratchBytes();
    for (int port = 0; port < moved.length; port++) {
      while ((from >> port & 1) != 0 && moved[port] < k) {
        if (!arrived(port)) {
          return false;
        }
        byte[] in = links.at(port).incoming();
        int count = Dsp.loadU16(in, Frame.LENGTH) / Candidate.BYTES;
        TopK.merge(list, at, k, in, Frame.PAYLOAD, count);
        moved[port] += count;
        links.at(port).release();
      }
    }
    while (to != Op.NO_PORT && here < k) {
      if (!links.at(to).ready()) {
        return false;
      }
      int count = segment(k - here, Frame.MAX_PAYLOAD / Candidate.BYTES);
      copy(list, at + here * Candidate.BYTES, to, count * Candidate.BYTES);
      here += count;
      send(to, count * Candidate.BYTES);
    }
    return true;
  }

  /** Bytes of a fetched embedding row behind its multiplier. */
  static int fetchedBytes(int width) {
    return LinearDsp.padded(4 + width);
  }

  /** Row by row: {@link #here} counts rows, {@code moved} the bytes of the row under way. */
  private boolean fetch() {
    int rowBytes = fetchedBytes(field(Op.Fetch.WIDTH));
    int to = field(Op.Fetch.TO);
    while (here < request.rows) {
      int token = token(here);
      int source = source(token);
      if (source != ELSEWHERE) {
        int buffer = field(Op.Fetch.BUFFER);
        byte[] row = memory.array(buffer);
        int at = Memory.offset(buffer) + (to == Op.NO_PORT ? here * rowBytes : 0);
        if (source == OWN) {
          own(token, row, at);
        } else if (!fetched(source, row, at, rowBytes)) {
          return false;
        }
        if (to != Op.NO_PORT && !passedOn(to, row, at, rowBytes)) {
          return false;
        }
      }
      for (int port = 0; port < moved.length; port++) {
        moved[port] = 0;
      }
      here++;
    }
    return true;
  }

  private static final int OWN = -1;
  private static final int ELSEWHERE = -2;

  private int token(int row) {
    int tokens = Dsp.load32(image, ImageHeader.TOKENS);
    return Dsp.load32(memory.array(tokens), Memory.offset(tokens) + (row << 2));
  }

  /** The port below which the token's row is, or {@link #OWN}, or {@link #ELSEWHERE}. */
  private int source(int token) {
    int first = field(Op.Fetch.FIRST);
    if (token >= first && token < first + field(Op.Fetch.COUNT)) {
      return OWN;
    }
    int from = field(Op.Fetch.FROM);
    int routes = Memory.offset(field(Op.Fetch.ROUTES));
    for (int port = 0; port < moved.length; port++) {
      int route = routes + (port << 3);
      if ((from >> port & 1) != 0
          && token >= Dsp.load32(image, route)
          && token < Dsp.load32(image, route + 4)) {
        return port;
      }
    }
    return ELSEWHERE;
  }

  private void own(int token, byte[] row, int at) {
    int width = field(Op.Fetch.WIDTH);
    int index = token - field(Op.Fetch.FIRST);
    int multipliers = field(Op.Fetch.MULTIPLIERS);
    int m = Memory.offset(multipliers) + (index << 2);
    Dsp.store32(row, at, Dsp.load32(memory.array(multipliers), m));
    int weights = field(Op.Fetch.WEIGHTS);
    boolean packed = field(Op.Fetch.LAYOUT) == Op.PACKED;
    byte[] w = memory.array(weights);
    Embedding.copy(w, Memory.offset(weights), packed, index, row, at + 4, width);
  }

  private boolean fetched(int port, byte[] row, int at, int rowBytes) {
    while (moved[port] < rowBytes) {
      if (!arrived(port)) {
        return false;
      }
      byte[] in = links.at(port).incoming();
      int count = Dsp.loadU16(in, Frame.LENGTH);
      for (int i = 0; i < count; i++) {
        row[at + moved[port] + i] = in[Frame.PAYLOAD + i];
      }
      moved[port] += count;
      links.at(port).release();
    }
    return true;
  }

  private boolean passedOn(int port, byte[] row, int at, int rowBytes) {
    while (moved[port] < rowBytes) {
      if (!links.at(port).ready()) {
        return false;
      }
      int count = segment(rowBytes - moved[port], Frame.MAX_PAYLOAD);
      copy(row, at + moved[port], port, count);
      moved[port] += count;
      send(port, count);
    }
    return true;
  }

  /** Whether this collective's next frame is in at {@code port}. Another's is a fault. */
  private boolean arrived(int port) {
    Link link = links.at(port);
    if (fault != Fault.NONE || !link.receive()) {
      return false;
    }
    byte[] in = link.incoming();
    if (in[Frame.KIND] != Frame.DATA) {
      return false;
    }
    if (Dsp.loadU16(in, Frame.OP_INDEX) != id
        || Dsp.loadU16(in, Frame.POSITION) != request.position
        || !link.inOrder()) {
      fault = Fault.OUT_OF_STEP;
      detail = port << 16 | id;
      return false;
    }
    moves++;
    return true;
  }

  private void copy(byte[] from, int at, int port, int count) {
    byte[] out = links.at(port).outgoing();
    for (int i = 0; i < count; i++) {
      out[Frame.PAYLOAD + i] = from[at + i];
    }
  }

  private void send(int port, int length) {
    moves++;
    links.at(port).send(Frame.DATA, length, id, request.position);
  }

  private static int segment(int left, int most) {
    return left < most ? left : most;
  }

  private int rows(int at) {
    return field(at) == Op.ALL ? request.rows : 1;
  }

  private int field(int at) {
    return Dsp.load32(image, op + at);
  }
}
