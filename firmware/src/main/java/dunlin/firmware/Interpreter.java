package dunlin.firmware;

import dunlin.kernels.Candidate;
import dunlin.kernels.Dsp;
import dunlin.kernels.Unchecked;

/**
 * Executes a program, one op at a time, and can stop wherever an op must wait for its link: {@link
 * #run} goes on from there.
 */
@Unchecked
final class Interpreter {
  private final Memory memory;
  private final byte[] image;
  private final Request request;
  private final Sender sender;
  private final Stream stream;
  private final Exchange exchange;
  private final Compute compute;
  private final int result;
  private final int end;

  private int op;
  private int opIndex;

  Interpreter(Memory memory, Request request, Links links) {
    this.memory = memory;
    this.image = memory.image();
    this.request = request;
    sender = new Sender(memory, request, links);
    stream = new Stream(request, links);
    exchange = new Exchange(memory, request, stream);
    compute = new Compute(memory, request);
    result = Dsp.load32(image, ImageHeader.RESULT);
    end = Dsp.load32(image, ImageHeader.PROGRAM) + Dsp.load32(image, ImageHeader.PROGRAM_BYTES);
    op = end;
  }

  /** The number of the op that is executed next, from 0. */
  int opIndex() {
    return opIndex;
  }

  /** Changes whenever the pass gets any further. */
  int progress() {
    return opIndex + stream.moves() + sender.moves();
  }

  /** Whether a pass is under way. */
  boolean active() {
    return op < end;
  }

  /** Starts a pass. */
  void begin() {
    op = Dsp.load32(image, ImageHeader.PROGRAM);
    opIndex = 0;
    sender.begin();
    stream.begin();
    Candidate.storeNone(memory.array(result), Memory.offset(result));
  }

  /** Executes the next op, or as much of it as can be done now. */
  void run() {
    if (op == end) {
      return;
    }
    int word = Dsp.load32(image, op);
    int code = word & 0xff;
    if (code == Op.EndPrefill.CODE && !request.wants(Request.SAMPLE)) {
      op = end;
    } else if (execute(code)) {
      op += word >>> 8;
      opIndex++;
      sender.begin();
      stream.begin();
    }
  }

  /** Executes an op; false while it must wait. */
  private boolean execute(int code) {
    switch (code) {
      case Op.EndPrefill.CODE:
        return true;
      case Op.Tap.CODE:
        return sender.tap(op);
      case Op.SendLogits.CODE:
        return sender.logits(op);
      case Op.Broadcast.CODE:
      case Op.Reduce.CODE:
      case Op.Merge.CODE:
      case Op.Fetch.CODE:
        return exchange.run(code, op);
      default:
        compute.execute(code, op);
        return true;
    }
  }

  /** Ends the pass where it is. */
  void abort() {
    op = end;
  }

  /** What went wrong in a collective: a {@link Fault}. */
  int fault() {
    return stream.fault();
  }

  /** The fault's detail. */
  int faultDetail() {
    return stream.detail();
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
