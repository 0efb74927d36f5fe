package dunlin.host.run;

import dunlin.firmware.Crc32;
import dunlin.firmware.Frame;
import dunlin.firmware.Link;
import java.util.function.BooleanSupplier;

/** The host's end of the link to the root: waits for frames, and asks when none comes. */
final class HostLink {
  /** Into so many waits a pass's patience is cut: the console knows how long they are. */
  static final int WAITS = 32;

  /** What the host waits for. */
  enum Patience {
    /** An answer that nobody has to compute. */
    HELLO(8, 1),
    /** A pass's next frame. */
    PASS(WAITS, 4),
    /** A few bytes of a node's flash, read or programmed. */
    FLASH(WAITS, 4),
    /** What nodes may say by themselves. */
    OTHERS(4, 1),
    /** A sector that is erased: nothing may go to a node until that must be over. */
    ERASE(2 * WAITS, WAITS);

    private final int waits;
    private final int waitsToAsk;

    Patience(int waits, int waitsToAsk) {
      this.waits = waits;
      this.waitsToAsk = waitsToAsk;
    }
  }

  /**
   * So often bytes may come and be no frame that is due. One that is damaged is asked for again;
   * two ends that do not agree on what is due would ask and answer for ever.
   */
  private static final int MOST_IN_VAIN = 256;

  /** Epochs are bytes; 0 is that of a node that has only booted. */
  private static final int LAST_EPOCH = 255;

  private final Console console;
  private final Link link;
  private int epoch;

  HostLink(Console console) {
    this.console = console;
    link = new Link(console.port(), 0, new Crc32());
  }

  /**
   * Starts anew with a HELLO. The node may be in the middle of anything: what it sent before is
   * dropped, and a frame that it has the beginning of is filled up first, or it would take the
   * HELLO for the rest.
   */
  void greet() {
    link.discard();
    console.port().write(new byte[Frame.MAX_BYTES], 0, Frame.MAX_BYTES);
    epoch = epoch == LAST_EPOCH ? 1 : epoch + 1;
    link.restart(epoch);
    link.send(Frame.HELLO, 0, 0, 0);
  }

  /** The payload to be sent next starts at {@link Frame#PAYLOAD}. */
  byte[] outgoing() {
    return link.outgoing();
  }

  /** Sends it. */
  void send(int kind, int length, int position) {
    link.send(kind, length, 0, position);
  }

  /** Waits for the next frame, whichever; it stays until {@link #release}. */
  byte[] await(Patience patience) {
    link.expect(Frame.WINDOW); // as far as is known here
    await(patience, link::receive);
    return link.incoming();
  }

  /** Waits until a frame can be sent; false where one has come in instead. */
  boolean awaitRoom() {
    await(Patience.PASS, () -> link.receive() || link.ready());
    return !link.receive();
  }

  private void await(Patience patience, BooleanSupplier done) {
    int waited = 0;
    int inVain = 0;
    while (!done.getAsBoolean()) {
      link.transmit();
      if (console.await(link.missing())) {
        inVain++;
      } else if (++waited % patience.waitsToAsk == 0) {
        link.ask();
      }
      if (waited == patience.waits || inVain == MOST_IN_VAIN) {
        throw new Silence(console.state());
      }
    }
  }

  /** Whether the frame that is in comes from a root that has booted since the HELLO. */
  boolean rebooted() {
    return link.foreign();
  }

  /** What the other side seems to be doing. */
  String state() {
    return console.state();
  }

  /** Lets the frame go that is in. */
  void release() {
    if (link.foreign()) {
      link.skip();
    } else {
      link.release();
    }
  }
}
