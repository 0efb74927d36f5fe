package dunlin.firmware;

import dunlin.kernels.Dsp;

/** Sends buffers upstream in segments, for the host: taps, and logits, the children's too. */
final class Sender {
  private final Memory memory;
  private final byte[] image;
  private final Request request;
  private final Links links;

  /** How much of this node's own has gone, in bytes. */
  private int sent;

  /** The port whose frames are being relayed, and how many bytes of data it has brought. */
  private int port;

  private int relayed;

  /** Segments that have gone; wraps. */
  private int moves;

  Sender(Memory memory, Request request, Links links) {
    this.memory = memory;
    this.image = memory.image();
    this.request = request;
    this.links = links;
  }

  /** Segments that have gone so far; wraps. */
  int moves() {
    return moves;
  }

  /** Before an op that sends. */
  void begin() {
    sent = 0;
    port = 0;
    relayed = 0;
  }

  /** A {@link Op.Tap}; false while it must wait. */
  boolean tap(int op) {
    int rowBytes = Dsp.load32(image, op + Op.Tap.ROW_BYTES);
    int total = rows(op + Op.Tap.ROWS) * rowBytes;
    int from = Dsp.load32(image, op + Op.Tap.INPUT);
    int number = Dsp.load32(image, op + Op.Tap.NUMBER);
    while (sent < total) {
      if (!links.upstream().ready()) {
        return false;
      }
      int count = total - sent < Segment.MAX_DATA ? total - sent : Segment.MAX_DATA;
      segment(Frame.TAP, number, from, sent, count, sent, total);
      sent += count;
    }
    return true;
  }

  /** A {@link Op.SendLogits}; false while it must wait. */
  boolean logits(int op) {
    if (!request.wants(Request.SEND_LOGITS)) {
      return true;
    }
    int rows = rows(op + Op.SendLogits.ROWS);
    return own(op, rows) && below(op, rows);
  }

  private boolean own(int op, int all) {
    int rows = all;
    int rowBytes = Dsp.load32(image, op + Op.SendLogits.COUNT) << 2;
    int whole = Dsp.load32(image, op + Op.SendLogits.VOCABULARY) << 2;
    int first = Dsp.load32(image, op + Op.SendLogits.FIRST) << 2;
    int from = Dsp.load32(image, op + Op.SendLogits.INPUT);
    if (rowBytes == whole) { // the rows are one run
      rowBytes *= rows;
      whole = rowBytes;
      rows = 1;
    }
    int row = 0;
    while (rowBytes > 0 && sent < rows * rowBytes) {
      if (!links.upstream().ready()) {
        return false;
      }
      while ((row + 1) * rowBytes <= sent) {
        row++;
      }
      int left = (row + 1) * rowBytes - sent;
      int count = left < Segment.MAX_DATA ? left : Segment.MAX_DATA;
      int place = row * whole + first + (sent - row * rowBytes);
      segment(Frame.LOGITS, 0, from, sent, count, place, rows * whole);
      sent += count;
    }
    return true;
  }

  private boolean below(int op, int rows) {
    int from = Dsp.load32(image, op + Op.SendLogits.FROM);
    int routes = Memory.offset(Dsp.load32(image, op + Op.SendLogits.ROUTES));
    for (; port < links.ports(); port++) {
      if ((from >> port & 1) == 0) {
        continue;
      }
      int route = routes + (port << 3);
      int tokens = Dsp.load32(image, route + 4) - Dsp.load32(image, route);
      while (relayed < rows * (tokens << 2)) {
        Link link = links.at(port);
        link.expect(Frame.WINDOW); // at least one, and nothing has to go the other way
        if (link.owes() || !links.upstream().ready() || !link.receive()) {
          return false;
        }
        relayed += Dsp.loadU16(link.incoming(), Frame.LENGTH) - Segment.DATA;
        relay(link);
      }
      relayed = 0;
    }
    return true;
  }

  /** Passes the frame that is in at {@code link} on upstream, which is ready. */
  void relay(Link link) {
    byte[] in = link.incoming();
    byte[] out = links.upstream().outgoing();
    int length = Dsp.loadU16(in, Frame.LENGTH);
    for (int i = 0; i < length; i++) {
      out[Frame.PAYLOAD + i] = in[Frame.PAYLOAD + i];
    }
    moves++;
    int kind = in[Frame.KIND];
    int opIndex = Dsp.loadU16(in, Frame.OP_INDEX);
    int position = Dsp.loadU16(in, Frame.POSITION);
    link.release();
    link.expect(Frame.WINDOW); // as far as is known here
    links.upstream().send(kind, length, opIndex, position);
  }

  private void segment(
      int kind, int what, int buffer, int within, int count, int place, int total) {
    byte[] out = links.upstream().outgoing();
    Dsp.store32(out, Frame.PAYLOAD + Segment.WHAT, what);
    Dsp.store32(out, Frame.PAYLOAD + Segment.OFFSET, place);
    Dsp.store32(out, Frame.PAYLOAD + Segment.TOTAL, total);
    byte[] source = memory.array(buffer);
    int at = Memory.offset(buffer) + within;
    for (int i = 0; i < count; i++) {
      out[Frame.PAYLOAD + Segment.DATA + i] = source[at + i];
    }
    moves++;
    links.upstream().send(kind, Segment.DATA + count, 0, request.position);
  }

  private int rows(int field) {
    return Dsp.load32(image, field) == Op.ALL ? request.rows : 1;
  }
}
