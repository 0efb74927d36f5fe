package dunlin.firmware;

import dunlin.hal.Board;
import dunlin.hal.Machine;
import dunlin.hal.Wake;
import dunlin.kernels.Dsp;

/**
 * A node of the flock: the machine that every board runs. It answers the host on UART 0, and
 * executes its image's program for each pass that the host requests. Without a good image it stays
 * reachable and says what is wrong.
 */
public final class Node implements Machine {
  private final Board board;
  private final Link host;
  private final byte[] image;
  private final Memory memory;
  private final Request request = new Request();
  private final Interpreter interpreter;
  private final int imageFault;
  private final int imageDetail;

  /** The first position that no pass has filled yet. */
  private int filled;

  /** Whether a HELLO has come since boot: before it, nobody knows what runs here. */
  private boolean greeted;

  private boolean running;

  /** Boots: all that a node ever allocates is allocated here. */
  public Node(Board board) {
    this.board = board;
    Crc32 crc = new Crc32();
    host = new Link(board.uart(0), 0, crc);
    image = board.flash().bytes();
    memory = new Memory(image);
    Image candidate = new Image(image, crc);
    int fault = candidate.verify();
    if (fault == Fault.NONE) {
      fault = candidate.reserve(board, memory);
    }
    imageFault = fault;
    imageDetail = fault == Fault.NONE ? 0 : candidate.detail();
    interpreter = fault == Fault.NONE ? new Interpreter(memory, request, host) : null;
  }

  @Override
  public void step(long now, Wake wake) {
    board.watchdog().feed();
    host.transmit();
    while (host.idle()) {
      if (running) {
        advance();
      } else if (host.receive()) {
        take();
        host.release();
      } else {
        break;
      }
    }
    host.await(wake);
    long period = board.watchdog().period();
    if (period != Wake.NEVER) {
      wake.deadline = now + (period >> 1);
    }
  }

  /** Goes on with the pass. */
  private void advance() {
    interpreter.run();
    if (!interpreter.active() && host.idle()) {
      running = false;
      interpreter.writeResult(host.outgoing());
      host.send(Frame.RESULT, Result.BYTES, interpreter.opIndex(), request.position);
    }
  }

  /** Takes the frame that is in. */
  private void take() {
    int kind = host.incoming()[Frame.KIND];
    if (kind == Frame.HELLO) {
      host.restart(1);
      greeted = true;
      hello();
    } else if (!greeted) {
      refuse(Fault.NO_HELLO, kind);
    } else if (!host.inOrder()) {
      refuse(Fault.LOST_FRAME, host.expected());
    } else if (kind != Frame.REQUEST) {
      refuse(Fault.UNKNOWN_FRAME, kind);
    } else if (imageFault != Fault.NONE) {
      refuse(imageFault, imageDetail);
    } else {
      request();
    }
  }

  private void request() {
    byte[] frame = host.incoming();
    int length = Dsp.loadU16(frame, Frame.LENGTH);
    int rows = length < Request.TOKENS ? 0 : Dsp.loadU16(frame, Frame.PAYLOAD + Request.ROWS);
    if (rows < 1
        || rows > Dsp.load32(image, ImageHeader.MAX_ROWS)
        || length != Request.TOKENS + (rows << 2)) {
      refuse(Fault.ROWS, rows);
      return;
    }
    request.read(frame);
    if (request.position > filled
        || request.position + rows > Dsp.load32(image, ImageHeader.CONTEXT)) {
      refuse(Fault.POSITION, filled);
      return;
    }
    if (request.temperature < 0 || request.temperature > Request.MAX_TEMPERATURE) {
      refuse(Fault.SAMPLING, request.temperature);
      return;
    }
    if (request.topK < 0 || request.topK > Dsp.load32(image, ImageHeader.MAX_TOP_K)) {
      refuse(Fault.SAMPLING, request.topK);
      return;
    }
    if (!takeTokens(frame, rows)) {
      return;
    }
    filled = request.position + rows;
    running = true;
    interpreter.begin();
  }

  private boolean takeTokens(byte[] frame, int rows) {
    int vocabulary = Dsp.load32(image, ImageHeader.VOCABULARY);
    int tokens = Dsp.load32(image, ImageHeader.TOKENS);
    for (int i = 0; i < rows; i++) {
      int token = Dsp.load32(frame, Frame.PAYLOAD + Request.TOKENS + (i << 2));
      if (token < 0 || token >= vocabulary) {
        refuse(Fault.TOKEN, token);
        return false;
      }
      Dsp.store32(memory.array(tokens), Memory.offset(tokens) + (i << 2), token);
    }
    return true;
  }

  private void refuse(int code, int detail) {
    byte[] out = host.outgoing();
    Dsp.store32(out, Frame.PAYLOAD + Fault.CODE, code);
    Dsp.store32(out, Frame.PAYLOAD + Fault.DETAIL, detail);
    host.send(Frame.FAULT, Fault.BYTES, 0, filled);
  }

  private void hello() {
    byte[] out = host.outgoing();
    int at = Frame.PAYLOAD;
    Dsp.store32(out, at + Hello.PROTOCOL, Hello.PROTOCOL_VERSION);
    Dsp.store32(out, at + Hello.FIRMWARE, Hello.FIRMWARE_VERSION);
    Dsp.store32(out, at + Hello.FAULT, imageFault);
    Dsp.store32(out, at + Hello.DETAIL, imageDetail);
    header(out, at + Hello.RANK, ImageHeader.RANK);
    for (int i = 0; i < 16; i += 4) {
      header(out, at + Hello.MODEL_HASH + i, ImageHeader.MODEL_HASH + i);
    }
    header(out, at + Hello.IMAGE_CRC, ImageHeader.BODY_CRC);
    header(out, at + Hello.MAX_ROWS, ImageHeader.MAX_ROWS);
    header(out, at + Hello.CONTEXT, ImageHeader.CONTEXT);
    header(out, at + Hello.VOCABULARY, ImageHeader.VOCABULARY);
    for (int i = 0; i < 3; i++) {
      Dsp.store32(out, at + Hello.UID + (i << 2), board.uid(i));
    }
    host.send(Frame.HELLO, Hello.BYTES, 0, filled);
  }

  /** Copies a word of the image's header, or 0 where the image is not good. */
  private void header(byte[] out, int to, int from) {
    Dsp.store32(out, to, imageFault == Fault.NONE ? Dsp.load32(image, from) : 0);
  }
}
