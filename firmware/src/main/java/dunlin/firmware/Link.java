package dunlin.firmware;

import dunlin.hal.Port;
import dunlin.hal.Wake;
import dunlin.kernels.Dsp;
import dunlin.kernels.Unchecked;

/**
 * One end of a link: frames over a port, a board's or the host's, each once and in order whatever
 * the wire does to them. At most one frame is on its way out and one is held on its way in; frames
 * of another epoch are dropped.
 *
 * <p>Every frame says which frame the sender has taken last and how many more it has room for; a
 * sender with no room left waits. Where no frame goes the other way in time, an acknowledgement
 * goes alone: only where the other end could not send all that it has to ({@link #expect}), so that
 * how often it happens follows from what is sent, and never from when.
 *
 * <p>What was sent is kept until it is acknowledged, which may take long: nobody hurries to say
 * that all is well. It is who misses a frame that asks ({@link Frame#PROBE}): at once when bytes
 * were damaged, once when a later frame has come; and when its node has waited for too long ({@link
 * #ask}), which finds out about lost ends, questions and answers too. The answer is every frame
 * from the gap on, or an acknowledgement where there is none.
 */
@Unchecked
public final class Link {
  private final Port port;
  private final int number;
  private final Crc32 crc;
  private final FrameReader reader;
  private final byte[] out;
  private final Outbox outbox;
  private int sent;
  private int toSend;
  private int epoch;

  /** Frames that were sent for the first time, were sent so far, and were acknowledged; wrap. */
  private int nextSequence;

  private int again;
  private int acknowledged;

  /** Frames beyond those acknowledged for which the other end has room. */
  private int credit;

  /** Whether the frame that is in waits to be taken. */
  private boolean held;

  /** The number of the frame that is due from the other end; wraps. */
  private int expected;

  /** Frames taken since the other end was last told, and whether it must be told now. */
  private int owed;

  private boolean due;

  /** Whether to ask for what is missing, and whether that was done since nothing was. */
  private boolean asking;

  private boolean asked;

  /** Whether the other end has asked; the node may have to pass the question on. */
  private boolean questioned;

  /**
   * How often bytes were no frame when last looked at. Before an epoch's first frame they are the
   * rest of an older one: this end has just booted, or forgot its beginning.
   */
  private int damaged;

  /** What {@link Status} tells: wrap. */
  private int sentFrames;

  private int receivedFrames;
  private int resent;
  private int sentBytes;

  /** A link on a computer with memory to spare. */
  public Link(Port port, int number, Crc32 crc) {
    this(
        port,
        number,
        crc,
        new byte[Frame.MAX_BYTES],
        new Outbox(new byte[Outbox.bytes(Frame.WINDOW)], 0, Frame.WINDOW));
  }

  /**
   * A link over a port.
   *
   * @param number of the port in a {@link Wake}
   * @param out where frames are written before they are sent, at most one at a time: links may
   *     share it
   */
  Link(Port port, int number, Crc32 crc, byte[] out, Outbox outbox) {
    this.port = port;
    this.number = number;
    this.crc = crc;
    this.out = out;
    this.outbox = outbox;
    reader = new FrameReader(port, crc);
  }

  /** The frame to be sent next: its payload starts at {@link Frame#PAYLOAD}. */
  public byte[] outgoing() {
    return out;
  }

  /** The frame that {@link #receive} found. */
  public byte[] incoming() {
    return reader.frame();
  }

  /** Whether the last frame has gone to the port entirely. */
  public boolean idle() {
    return sent == toSend;
  }

  /** Whether a frame can be sent now: those before it have gone, and there is room for it. */
  public boolean ready() {
    return idle() && again == nextSequence && nextSequence - acknowledged < credit;
  }

  /** Starts both directions anew in an epoch of its own; a HELLO is the next frame to send. */
  public void restart(int newEpoch) {
    restart(0, newEpoch, 1);
  }

  /** Starts both directions anew, as the HELLO that is in asks, and lets that go. */
  public void accept() {
    byte[] in = reader.frame();
    restart(1, in[Frame.EPOCH], in[Frame.CREDIT] & 0xff);
    owed = 1;
    reader.drop();
  }

  private void restart(int firstExpected, int newEpoch, int newCredit) {
    nextSequence = 0;
    again = 0;
    acknowledged = 0;
    expected = firstExpected;
    credit = room(newCredit);
    owed = 0;
    due = false;
    asking = false;
    asked = false;
    questioned = false;
    held = false;
    damaged = reader.damaged();
    epoch = newEpoch & 0xff;
  }

  /** The epoch: the last HELLO's; 0 before there was any. */
  public int epoch() {
    return epoch;
  }

  /** The number of its port. */
  int number() {
    return number;
  }

  /** Forgets all that has come in so far: the rest of a frame, or frames that nobody wants. */
  public void discard() {
    held = false;
    reader.discard();
  }

  /** How many more bytes must be readable before {@link #receive} can get any further. */
  public int missing() {
    return reader.missing();
  }

  /** Sends the payload that lies in {@link #outgoing}; only when {@link #ready}. */
  public void send(int kind, int length, int opIndex, int position) {
    head(out, 0, kind, length);
    Dsp.store16(out, Frame.OP_INDEX, opIndex);
    Dsp.store16(out, Frame.POSITION, position);
    write(outbox.add(out, Frame.PAYLOAD + length), nextSequence);
    nextSequence++;
    again = nextSequence;
    sentFrames++;
  }

  /**
   * Says that so many more frames are to come: if the window has no room for them beside those that
   * the other end was not told of, it is told when it has one frame left to send.
   */
  public void expect(int frames) {
    due |= owed >= Frame.WINDOW - 1 && owed + frames > Frame.WINDOW;
  }

  /**
   * Whether the other end is to be told before anything more is taken: then it does not matter for
   * how often that happens whether more is in already.
   */
  boolean owes() {
    return due;
  }

  /**
   * Asks the other end for what it may have sent, since it has been silent for too long; greets it
   * again where even that may not have arrived.
   */
  public void ask() {
    reader.giveUp();
    if (expected == 0 && acknowledged == 0) {
      again = 0;
    } else {
      asking = true;
    }
  }

  /** Whether the other end has asked since this was last called. */
  public boolean questioned() {
    boolean was = questioned;
    questioned = false;
    return was;
  }

  /** Hands the port what it takes; then whatever the link itself has to say. */
  public void transmit() {
    if (sent != toSend) {
      push();
    } else if (again != nextSequence || asking || due) {
      speak();
    }
  }

  private void speak() {
    if (again != nextSequence) {
      resent++;
      write(outbox.at(nextSequence - again), again);
      again++;
    } else if (asking) {
      asking = false;
      alone(Frame.PROBE);
    } else if (due) {
      alone(Frame.ACK);
    }
  }

  private void alone(int kind) {
    int at = outbox.bare();
    head(outbox.bytes(), at, kind, 0);
    write(at, nextSequence);
  }

  private static void head(byte[] frame, int at, int kind, int length) {
    frame[at] = Frame.SYNC;
    frame[at + Frame.KIND] = (byte) kind;
    Dsp.store16(frame, at + Frame.LENGTH, length);
  }

  /** Sends the frame at {@code at} in the outbox, with what this end has taken as of now. */
  private void write(int at, int sequence) {
    byte[] frame = outbox.bytes();
    frame[at + Frame.SEQUENCE] = (byte) sequence;
    frame[at + Frame.ACKNOWLEDGED] = (byte) (expected - 1);
    frame[at + Frame.CREDIT] = Frame.WINDOW;
    frame[at + Frame.EPOCH] = (byte) epoch;
    int end = at + Frame.PAYLOAD + Dsp.loadU16(frame, at + Frame.LENGTH);
    Crc32.store(frame, end, crc.update(Frame.BEFORE_SYNC, frame, at, end - at));
    sent = at;
    toSend = end + Frame.CRC_BYTES;
    sentBytes += toSend - at;
    owed = 0;
    due = false;
    push();
  }

  private void push() {
    sent += port.write(outbox.bytes(), sent, toSend - sent);
  }

  /**
   * Whether a frame is in that is to be taken: the one that is due, or a HELLO, which may be of
   * another epoch ({@link #foreign}). It stays until {@link #release}, {@link #accept} or {@link
   * #skip}.
   */
  public boolean receive() {
    if (held) {
      return true;
    }
    while (!held && reader.read()) {
      held = wanted(reader.frame());
      if (!held) {
        reader.drop();
      }
    }
    if (damaged != reader.damaged() && !held) {
      damaged = reader.damaged();
      asking = epoch != 0 && expected != 0; // again: it may be the answer that was damaged
      asked = asking;
    }
    return held;
  }

  private boolean wanted(byte[] in) {
    if (!foreign()) {
      return orders(in) || taken(in);
    }
    if (in[Frame.KIND] == Frame.HELLO) {
      return true;
    }
    if (epoch == 0) {
      again = 0; // the other end goes on as before: it has not heard that this one has booted
    }
    return false;
  }

  /** Whether the frame that is in is of another epoch. */
  public boolean foreign() {
    return (reader.frame()[Frame.EPOCH] & 0xff) != epoch;
  }

  private static boolean greeting(byte[] in) {
    return in[Frame.KIND] == Frame.HELLO && Dsp.loadU16(in, Frame.LENGTH) == 0;
  }

  /**
   * Whether a HELLO of this epoch orders to start anew. While all that was sent since the last one
   * can be sent again, it is the same, and asks for that.
   */
  private boolean orders(byte[] in) {
    return greeting(in) && nextSequence > outbox.places();
  }

  /** Frames that may follow those acknowledged: the other end has room, and they can be kept. */
  private int room(int newCredit) {
    return newCredit < outbox.places() ? newCredit : outbox.places();
  }

  /** Takes what a frame of this epoch says of the link; whether it is the one that is due. */
  private boolean taken(byte[] in) {
    int open = nextSequence - 1 - in[Frame.ACKNOWLEDGED] & 0xff;
    if (open <= nextSequence - acknowledged) { // else it is from before
      acknowledged = nextSequence - open;
      credit = room(in[Frame.CREDIT] & 0xff);
    }
    if (in[Frame.KIND] == Frame.PROBE || greeting(in)) {
      questioned = true;
      again = acknowledged;
      due |= again == nextSequence;
    }
    int ahead = (in[Frame.SEQUENCE] & 0xff) - expected & 0xff;
    boolean alone = in[Frame.KIND] == Frame.ACK || in[Frame.KIND] == Frame.PROBE;
    if (ahead == 0) {
      asked = false;
      return !alone;
    }
    if (ahead < 128) {
      asked &= !alone; // it says so instead of sending it again: the question was lost
      asking |= !asked;
      asked = true;
    }
    return false;
  }

  /** Lets the frame go that was due: the next one is due now. */
  public void release() {
    expected++;
    owed++;
    receivedFrames++;
    skip();
  }

  /** Lets a frame go that is of another epoch. */
  public void skip() {
    held = false;
    reader.drop();
  }

  /** Wakes for room to send, and for the rest of a frame unless a whole one waits to be taken. */
  public void await(Wake wake) {
    wake.receive[number] = held ? 0 : missing();
    wake.framed |= reader.atStart() ? 1 << number : 0;
    wake.transmit[number] = idle() && again == nextSequence && !asking ? 0 : 1;
  }

  /** Frames sent since boot, each once; wraps. */
  int sentFrames() {
    return sentFrames;
  }

  /** Frames received and taken since boot; wraps. */
  int receivedFrames() {
    return receivedFrames;
  }

  /** Frames that were sent again since boot; wraps. */
  public int resent() {
    return resent;
  }

  /** How often bytes that came were no frame since boot; wraps. */
  public int damaged() {
    return reader.damaged();
  }

  /** Receive errors of the port since boot; wraps. */
  int errors() {
    return port.errors();
  }

  /** Bytes sent since boot; wraps. */
  int sentBytes() {
    return sentBytes;
  }

  /** Bytes received since boot; wraps. */
  int receivedBytes() {
    return reader.bytes();
  }
}
