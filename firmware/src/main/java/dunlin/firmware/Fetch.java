package dunlin.firmware;

import dunlin.kernels.Dsp;
import dunlin.kernels.Embedding;
import dunlin.kernels.LinearDsp;

/**
 * The collective {@link Op.Fetch}: embedding rows from their owners to the root, one after the
 * other. The stream counts rows, and for each port the bytes of the row under way.
 */
final class Fetch {
  private static final int OWN = -1;
  private static final int ELSEWHERE = -2;

  private final Memory memory;
  private final byte[] image;
  private final Request request;
  private final Stream stream;
  private int op;

  Fetch(Memory memory, Request request, Stream stream) {
    this.memory = memory;
    this.image = memory.image();
    this.request = request;
    this.stream = stream;
  }

  /** Bytes of a fetched embedding row behind its multiplier. */
  static int fetchedBytes(int width) {
    return LinearDsp.padded(4 + width);
  }

  /** Goes on; false while it must wait. */
  boolean run(int record) {
    op = record;
    int rowBytes = fetchedBytes(field(Op.Fetch.WIDTH));
    int to = field(Op.Fetch.TO);
    while (stream.here < request.rows) {
      int token = token(stream.here);
      int source = source(token);
      if (source != ELSEWHERE) {
        int buffer = field(Op.Fetch.BUFFER);
        byte[] row = memory.array(buffer);
        int at = Memory.offset(buffer) + (to == Op.NO_PORT ? stream.here * rowBytes : 0);
        if (source == OWN) {
          own(token, row, at);
        } else if (!fetched(source, row, at, rowBytes)) {
          return false;
        }
        if (to != Op.NO_PORT && !passedOn(to, row, at, rowBytes)) {
          return false;
        }
      }
      stream.clear();
      stream.here++;
    }
    return true;
  }

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
    for (int port = 0; port < stream.moved.length; port++) {
      int route = routes + (port << 3);
      if (Stream.has(from, port)
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
    int layout = field(Op.Fetch.LAYOUT);
    byte[] w = memory.array(weights);
    Embedding.copy(w, Memory.offset(weights), layout, index, row, at + 4, width);
  }

  private boolean fetched(int port, byte[] row, int at, int rowBytes) {
    while (stream.moved[port] < rowBytes) {
      if (!stream.arrived(port, rowBytes - stream.moved[port], 1)) {
        return false;
      }
      byte[] in = stream.at(port).incoming();
      int count = Dsp.loadU16(in, Frame.LENGTH);
      for (int i = 0; i < count; i++) {
        row[at + stream.moved[port] + i] = in[Frame.PAYLOAD + i];
      }
      stream.moved[port] += count;
      stream.at(port).release();
    }
    return true;
  }

  private boolean passedOn(int port, byte[] row, int at, int rowBytes) {
    while (stream.moved[port] < rowBytes) {
      if (!stream.at(port).ready()) {
        return false;
      }
      int count = Stream.segment(rowBytes - stream.moved[port], Frame.MAX_PAYLOAD);
      stream.copy(row, at + stream.moved[port], port, count);
      stream.moved[port] += count;
      stream.send(port, count);
    }
    return true;
  }

  private int field(int at) {
    return Dsp.load32(image, op + at);
  }
}
