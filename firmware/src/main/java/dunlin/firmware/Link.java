package dunlin.firmware;

import dunlin.hal.Port;
import dunlin.hal.Wake;
import dunlin.kernels.Dsp;
import dunlin.kernels.Unchecked;

/**
 * One end of a link: frames over a port, a board's or the host's. At most one frame is on its way
 * out and one is held on its way in; bytes that are no frame are skipped up to the next sync byte,
 * and frames of another epoch are dropped.
 *
 * <p>Every frame says which frame the sender has taken last and how many more it has room for; a
 * sender with no room left waits. Where no frame goes the other way in time, {@link #acknowledge}
 * sends that alone: only where the other end could not send all that it has to ({@link #expect}),
 * so that how often it happens follows from what is sent, and never from when.
 */
@Unchecked
public final class Link {
  private final Port port;
  private final int number;
  private final Crc32 crc;
  private final int window;
  private final byte[] out = new byte[Frame.MAX_BYTES];
  private final byte[] in = new byte[Frame.MAX_BYTES];
  private int sent;
  private int toSend;
  private int filled;

  /** Whether what is in is a frame, and has been checked. */
  private boolean whole;

  private int nextSequence;
  private int expected;
  private int epoch;

  /** What the other end has acknowledged, and has room for beyond that. */
  private int acknowledged;

  private int credit;

  /** Frames taken since the other end was last told, and whether it must be told now. */
  private int owed;

  private boolean due;

  /**
   * A link over {@code port}, which has this number in a {@link Wake}.
   *
   * @param window frames that the receive queue holds, or {@link Frame#UNLIMITED}
   */
  public Link(Port port, int number, int window, Crc32 crc) {
    this.port = port;
    this.number = number;
    this.window = window;
    this.crc = crc;
  }

  /** The frame being written or read by the node: payloads start at {@link Frame#PAYLOAD}. */
  public byte[] outgoing() {
    return out;
  }

  /** The frame that {@link #receive} found. */
  public byte[] incoming() {
    return in;
  }

  /** Whether the last frame has gone to the port entirely. */
  public boolean idle() {
    return sent == toSend;
  }

  /** Whether a frame can be sent now: the last one has gone, and the other end has room. */
  public boolean ready() {
    return idle()
        && (credit == Frame.UNLIMITED || (nextSequence - 1 - acknowledged & 0xff) < credit);
  }

  /** The sequence number that the next frame should have. */
  public int expected() {
    return expected;
  }

  /** Starts both directions anew in an epoch of its own; a HELLO is the next frame to send. */
  public void restart(int epoch) {
    restart(0, epoch, 1);
  }

  /** Starts both directions anew, as the HELLO that is in asks. */
  public void accept() {
    restart(1, in[Frame.EPOCH], in[Frame.CREDIT] & 0xff);
    owed = 1;
  }

  private void restart(int firstExpected, int newEpoch, int newCredit) {
    nextSequence = 0;
    expected = firstExpected;
    acknowledged = -1;
    credit = newCredit;
    owed = 0;
    due = false;
    epoch = newEpoch & 0xff;
    whole = false;
  }

  /** The epoch: the last HELLO's. */
  public int epoch() {
    return epoch;
  }

  /** Forgets all that has come in so far: the rest of a frame, or frames that nobody wants. */
  public void discard() {
    filled = 0;
    whole = false;
    int count;
    do {
      count = port.read(in, 0, in.length);
    } while (count > 0);
  }

  /** How many more bytes must be readable before {@link #receive} can get any further. */
  public int missing() {
    return needed() - filled;
  }

  /** Sends the payload that lies in {@link #outgoing}; only when {@link #ready}. */
  public void send(int kind, int length, int opIndex, int position) {
    write(kind, length, opIndex, position);
    nextSequence++;
  }

  /**
   * Says that so many more frames are to come: if the window has no room for them beside those that
   * the other end was not told of, it is told when it has one frame left to send.
   */
  public void expect(int frames) {
    due |= window != Frame.UNLIMITED && owed >= window - 1 && owed + frames > window;
  }

  /** Tells the other end what was taken, if it is due and nothing else told it. */
  public void acknowledge() {
    if (due && idle()) {
      write(Frame.ACK, 0, 0, 0);
    }
  }

  private void write(int kind, int length, int opIndex, int position) {
    out[0] = Frame.SYNC;
    out[Frame.KIND] = (byte) kind;
    Dsp.store16(out, Frame.LENGTH, length);
    out[Frame.SEQUENCE] = (byte) nextSequence;
    out[Frame.ACKNOWLEDGED] = (byte) (expected - 1);
    out[Frame.CREDIT] = (byte) window;
    out[Frame.EPOCH] = (byte) epoch;
    Dsp.store16(out, Frame.OP_INDEX, opIndex);
    Dsp.store16(out, Frame.POSITION, position);
    int end = Frame.PAYLOAD + length;
    Crc32.store(out, end, crc.update(0, out, Frame.KIND, end - Frame.KIND));
    sent = 0;
    toSend = end + Frame.CRC_BYTES;
    owed = 0;
    due = false;
    transmit();
  }

  /** Hands the port what it takes. */
  public void transmit() {
    if (sent < toSend) {
      sent += port.write(out, sent, toSend - sent);
    }
  }

  /** Whether a whole frame is in; it stays until {@link #release}. */
  public boolean receive() {
    while (!whole) {
      int missing = missing();
      if (!plausible()) {
        dropToSync();
      } else if (missing > 0) {
        if (port.available() < missing) {
          return false;
        }
        filled += port.read(in, filled, missing);
      } else if (!intact()) {
        dropToSync();
      } else if (wanted()) {
        whole = true;
      } else {
        drop(needed());
      }
    }
    return true;
  }

  /** Takes note of what the intact frame says; whether it says anything beyond that. */
  private boolean wanted() {
    if ((in[Frame.EPOCH] & 0xff) != epoch) {
      return in[Frame.KIND] == Frame.HELLO;
    }
    acknowledged = in[Frame.ACKNOWLEDGED];
    credit = in[Frame.CREDIT] & 0xff;
    return in[Frame.KIND] != Frame.ACK;
  }

  /** Whether the frame that is in is the one that was due; if so, the next one is due now. */
  public boolean inOrder() {
    if ((in[Frame.SEQUENCE] & 0xff) != (expected & 0xff)) {
      return false;
    }
    expected++;
    owed++;
    return true;
  }

  /** Makes room for the next frame. */
  public void release() {
    drop(needed());
  }

  /** Wakes for room to send, and for the rest of a frame unless a whole one waits to be taken. */
  public void await(Wake wake) {
    wake.receive[number] = missing();
    wake.transmit[number] = idle() ? 0 : 1;
  }

  /** Whether what is in can be the start of a frame. */
  private boolean plausible() {
    return filled == 0
        || in[0] == Frame.SYNC
            && (filled < Frame.PAYLOAD || Dsp.loadU16(in, Frame.LENGTH) <= Frame.MAX_PAYLOAD);
  }

  /** Bytes to the end of the header, or of the frame once its header is in. */
  private int needed() {
    return filled < Frame.PAYLOAD
        ? Frame.PAYLOAD
        : Frame.PAYLOAD + Dsp.loadU16(in, Frame.LENGTH) + Frame.CRC_BYTES;
  }

  private boolean intact() {
    int end = needed() - Frame.CRC_BYTES;
    return Crc32.load(in, end) == crc.update(0, in, Frame.KIND, end - Frame.KIND);
  }

  private void dropToSync() {
    int from = 1;
    while (from < filled && in[from] != Frame.SYNC) {
      from++;
    }
    drop(from);
  }

  private void drop(int count) {
    whole = false;
    filled -= count;
    for (int i = 0; i < filled; i++) {
      in[i] = in[count + i];
    }
  }
}
