package dunlin.firmware;

import dunlin.kernels.Candidate;
import dunlin.kernels.Dsp;

/**
 * Executes a program, op by op, and can stop wherever an op must wait for its link: {@link #run}
 * goes on from there.
 */
final class Interpreter {
  private final Memory memory;
  private final byte[] image;
  private final Request request;
  private final Link link;
  private final Compute compute;
  private final int result;
  private final int end;

  private int op;
  private int opIndex;

  /** How much of the buffer being sent has gone. */
  private int sent;

  Interpreter(Memory memory, Request request, Link link) {
    this.memory = memory;
    this.image = memory.image();
    this.request = request;
    this.link = link;
    compute = new Compute(memory, request);
    result = Dsp.load32(image, ImageHeader.RESULT);
    end = Dsp.load32(image, ImageHeader.PROGRAM) + Dsp.load32(image, ImageHeader.PROGRAM_BYTES);
    op = end;
  }

  /** The number of the op that is executed next, from 0. */
  int opIndex() {
    return opIndex;
  }

  /** Whether a pass is under way. */
  boolean active() {
    return op < end;
  }

  /** Starts a pass. */
  void begin() {
    op = Dsp.load32(image, ImageHeader.PROGRAM);
    opIndex = 0;
    sent = 0;
    Candidate.storeNone(memory.array(result), Memory.offset(result));
  }

  /** Executes ops until the pass ends or one must wait for the link. */
  void run() {
    while (op < end) {
      int word = Dsp.load32(image, op);
      int code = word & 0xff;
      if (code == Op.EndPrefill.CODE) {
        if (!request.wants(Request.SAMPLE)) {
          op = end;
          return;
        }
      } else if (code == Op.Tap.CODE || code == Op.SendLogits.CODE) {
        if (!send(code)) {
          return;
        }
      } else {
        compute.execute(code, op);
      }
      op += word >>> 8;
      opIndex++;
    }
  }

  /** Sends a buffer in segments; false while the link is busy with one. */
  private boolean send(int code) {
    boolean tap = code == Op.Tap.CODE;
    if (!tap && !request.wants(Request.SEND_LOGITS)) {
      return true;
    }
    int from = Dsp.load32(image, op + (tap ? Op.Tap.INPUT : Op.SendLogits.INPUT));
    int all = Dsp.load32(image, op + (tap ? Op.Tap.ROWS : Op.SendLogits.ROWS));
    int rowBytes = Dsp.load32(image, op + (tap ? Op.Tap.ROW_BYTES : Op.SendLogits.ROW_BYTES));
    int total = all == Op.ALL ? rowBytes * request.rows : rowBytes;
    while (sent < total) {
      if (!link.idle()) {
        return false;
      }
      int count = total - sent < Segment.MAX_DATA ? total - sent : Segment.MAX_DATA;
      byte[] out = link.outgoing();
      Dsp.store32(
          out, Frame.PAYLOAD + Segment.WHAT, tap ? Dsp.load32(image, op + Op.Tap.NUMBER) : 0);
      Dsp.store32(out, Frame.PAYLOAD + Segment.OFFSET, sent);
      Dsp.store32(out, Frame.PAYLOAD + Segment.TOTAL, total);
      byte[] source = memory.array(from);
      int at = Memory.offset(from) + sent;
      for (int i = 0; i < count; i++) {
        out[Frame.PAYLOAD + Segment.DATA + i] = source[at + i];
      }
      sent += count;
      int kind = tap ? Frame.TAP : Frame.LOGITS;
      link.send(kind, Segment.DATA + count, opIndex, request.position);
    }
    sent = 0;
    return true;
  }

  /** Puts the pass's result into the link's outgoing payload. */
  void writeResult(byte[] out) {
    byte[] source = memory.array(result);
    int at = Memory.offset(result);
    for (int i = 0; i < Result.BYTES; i++) {
      out[Frame.PAYLOAD + i] = source[at + i];
    }
  }
}
