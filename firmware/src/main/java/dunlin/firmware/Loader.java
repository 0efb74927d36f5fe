package dunlin.firmware;

import dunlin.hal.Board;
import dunlin.hal.Flash;
import dunlin.kernels.Copy;
import dunlin.kernels.Dsp;
import dunlin.kernels.Unchecked;

/**
 * Carries out what the host orders to be done to a node's flash ({@link FlashOrder}), and passes on
 * what is meant for nodes further down. An order to erase or to program stays in its link until it
 * is done: nothing else is taken from there meanwhile, and the flash gets its bytes from the frame.
 */
@Unchecked
final class Loader {
  private final Board board;
  private final Flash flash;
  private final byte[] image;
  private final Links links;

  /** Whether the flash works on the order that is in. */
  private boolean writing;

  /** Whether the flash has changed since boot. */
  private boolean changed;

  /** The order that is to be answered as soon as the way to the host is free. */
  private boolean answering;

  private int number;
  private int operation;
  private int offset;
  private int count;
  private int fault;
  private int detail;

  Loader(Board board, Links links) {
    this.board = board;
    this.links = links;
    flash = board.flash();
    image = flash.bytes();
  }

  /** Whether the flash works on an order. */
  boolean writing() {
    return writing;
  }

  /** Whether the flash has changed since boot: there is no image any more, or none yet. */
  boolean changed() {
    return changed;
  }

  /** A new HELLO: nobody waits for an answer. */
  void abort() {
    answering = false;
  }

  /** Takes the order that is in; false until the flash has done it. */
  boolean take(Link link) {
    if (!writing) {
      begin(link.incoming());
    }
    if (writing && flash.busy()) {
      return false;
    }
    writing = false;
    link.release();
    return true;
  }

  /** Refuses the order that is in. */
  void refuse(Link link, int code, int why) {
    receive(link.incoming());
    refuse(code, why);
    link.release();
  }

  private void begin(byte[] in) {
    receive(in);
    int length = Dsp.loadU16(in, Frame.LENGTH);
    int gone = octet(in, FlashOrder.GONE);
    int hops = octet(in, FlashOrder.HOPS);
    int data = FlashOrder.data(hops);
    int carried = operation == FlashOrder.PROGRAM ? count : 0;
    if (length < FlashOrder.PATH || gone > hops || data + carried > length) {
      refuse(Fault.UNKNOWN_ORDER, operation);
    } else if (gone < hops) {
      pass(in, length, gone);
    } else if (offset < 0
        || offset >= flash.size()
        || count > FlashOrder.MAX_DATA
        || count > flash.size() - offset) {
      refuse(Fault.UNKNOWN_ORDER, operation);
    } else {
      carryOut(in, Frame.PAYLOAD + data);
    }
  }

  private void receive(byte[] in) {
    answering = true;
    fault = Fault.NONE;
    detail = 0;
    number = Dsp.loadU16(in, Frame.POSITION);
    operation = octet(in, FlashOrder.OPERATION);
    count = octet(in, FlashOrder.COUNT);
    offset = Dsp.load32(in, Frame.PAYLOAD + FlashOrder.OFFSET);
  }

  private static int octet(byte[] in, int field) {
    return in[Frame.PAYLOAD + field] & 0xff;
  }

  private void refuse(int code, int why) {
    fault = code;
    detail = why;
  }

  /** To the next node on the way, which has answered the last HELLO if it can take a frame. */
  private void pass(byte[] in, int length, int gone) {
    int port = octet(in, FlashOrder.PATH + gone);
    if (port >= links.ports() || !links.child(port) || !links.at(port).ready()) {
      refuse(Fault.NO_NODE, port);
      return;
    }
    Link child = links.at(port);
    Copy.bytes(in, Frame.PAYLOAD, child.outgoing(), Frame.PAYLOAD, length);
    child.outgoing()[Frame.PAYLOAD + FlashOrder.GONE] = (byte) (gone + 1);
    child.send(Frame.FLASH, length, 0, number);
    answering = false;
  }

  private void carryOut(byte[] in, int data) {
    if (operation == FlashOrder.ERASE) {
      changing(flash.erase(offset));
    } else if (operation == FlashOrder.PROGRAM) {
      changing(flash.program(offset, in, data, count));
    } else if (operation == FlashOrder.RESTART) {
      answering = false;
      board.reset();
    } else if (operation != FlashOrder.DESCRIBE && operation != FlashOrder.READ) {
      refuse(Fault.UNKNOWN_ORDER, operation);
    }
  }

  private void changing(boolean started) {
    if (started) {
      writing = true;
      changed = true;
    } else {
      refuse(Fault.FIXED_FLASH, offset);
    }
  }

  /**
   * Answers the last order once it is carried out and the way to the host is free; whether it did.
   *
   * @param imageFault {@link Fault} code of the image in use, and its detail
   */
  boolean answer(int imageFault, int imageDetail) {
    if (!answering || writing || !links.upstream().ready()) {
      return false;
    }
    byte[] out = links.upstream().outgoing();
    Dsp.store32(out, Frame.PAYLOAD + FlashAnswer.FAULT, fault);
    Dsp.store32(out, Frame.PAYLOAD + FlashAnswer.DETAIL, detail);
    int length = FlashAnswer.DATA;
    if (fault == Fault.NONE && operation == FlashOrder.READ) {
      Copy.bytes(image, offset, out, Frame.PAYLOAD + FlashAnswer.DATA, count);
      length += count;
    } else if (fault == Fault.NONE && operation == FlashOrder.DESCRIBE) {
      describe(out, imageFault, imageDetail);
      length = FlashAnswer.DESCRIPTION_BYTES;
    }
    links.upstream().send(Frame.FLASH, length, 0, number);
    answering = false;
    return true;
  }

  private void describe(byte[] out, int imageFault, int imageDetail) {
    int at = Frame.PAYLOAD;
    Dsp.store16(out, at + FlashAnswer.BOARD, board.type());
    Dsp.store16(out, at + FlashAnswer.UNIT, flash.programUnit());
    Dsp.store32(out, at + FlashAnswer.FLASH_BYTES, flash.size());
    Dsp.store32(out, at + FlashAnswer.SECTOR_BYTES, flash.sectorBytes(offset));
    Dsp.store32(out, at + FlashAnswer.IMAGE_FAULT, imageFault);
    Dsp.store32(out, at + FlashAnswer.IMAGE_DETAIL, imageDetail);
    for (int i = 0; i < 3; i++) {
      Dsp.store32(out, at + FlashAnswer.UID + (i << 2), board.uid(i));
    }
  }
}
