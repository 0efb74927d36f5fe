package dunlin.firmware;

import dunlin.hal.Uart;
import dunlin.hal.Wake;
import dunlin.kernels.Dsp;

/**
 * One end of a link: frames over a UART, a board's or the host's. At most one frame is on its way
 * out and one is held on its way in; bytes that are no frame are skipped up to the next sync byte.
 */
public final class Link {
  private final Uart uart;
  private final int port;
  private final Crc32 crc;
  private final byte[] out = new byte[Frame.MAX_BYTES];
  private final byte[] in = new byte[Frame.MAX_BYTES];
  private int sent;
  private int toSend;
  private int filled;
  private int nextSequence;
  private int expected;

  /** A link over {@code uart}, which is number {@code port} of a {@link Wake}. */
  public Link(Uart uart, int port, Crc32 crc) {
    this.uart = uart;
    this.port = port;
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

  /** Whether the last frame has gone to the UART entirely. */
  public boolean idle() {
    return sent == toSend;
  }

  /** The sequence number that the next frame should have. */
  public int expected() {
    return expected;
  }

  /**
   * Starts both directions anew, as a HELLO does.
   *
   * @param firstExpected the sequence number of the next frame in: 0 for who sends the HELLO, 1 for
   *     who has just received it
   */
  public void restart(int firstExpected) {
    nextSequence = 0;
    expected = firstExpected;
  }

  /** Forgets all that has come in so far: the rest of a frame, or frames that nobody wants. */
  public void discard() {
    filled = 0;
    int dropped;
    do {
      dropped = uart.read(in, 0, in.length);
    } while (dropped > 0);
  }

  /** How many more bytes must be readable before {@link #receive} can get any further. */
  public int missing() {
    return needed() - filled;
  }

  /** Sends the payload that lies in {@link #outgoing}; only when {@link #idle}. */
  public void send(int kind, int length, int opIndex, int position) {
    out[0] = Frame.SYNC;
    out[Frame.KIND] = (byte) kind;
    Dsp.store16(out, Frame.LENGTH, length);
    out[Frame.SEQUENCE] = (byte) nextSequence++;
    out[Frame.ACKNOWLEDGED] = (byte) (expected - 1);
    out[Frame.CREDIT] = 1;
    out[Frame.EPOCH] = 0;
    Dsp.store16(out, Frame.OP_INDEX, opIndex);
    Dsp.store16(out, Frame.POSITION, position);
    int end = Frame.PAYLOAD + length;
    Dsp.store32(out, end, crc.update(0, out, Frame.KIND, end - Frame.KIND));
    sent = 0;
    toSend = end + Frame.CRC_BYTES;
    transmit();
  }

  /** Hands the UART what it takes. */
  public void transmit() {
    if (sent < toSend) {
      sent += uart.write(out, sent, toSend - sent);
    }
  }

  /** Whether a whole frame is in; it stays until {@link #release}. */
  public boolean receive() {
    while (true) {
      if (!plausible()) {
        dropToSync();
      } else if (filled < needed()) {
        int count = uart.read(in, filled, needed() - filled);
        if (count == 0) {
          return false;
        }
        filled += count;
      } else if (intact()) {
        return true;
      } else {
        dropToSync();
      }
    }
  }

  /** Whether the frame that is in is the one that was due; if so, the next one is due now. */
  public boolean inOrder() {
    if ((in[Frame.SEQUENCE] & 0xff) != (expected & 0xff)) {
      return false;
    }
    expected++;
    return true;
  }

  /** Makes room for the next frame. */
  public void release() {
    drop(needed());
  }

  /**
   * Wakes for room to send or, once all is sent, for the rest of a frame. Never for both: who has
   * not sent its answer takes no frame, and would be woken again and again by one that waits.
   */
  public void await(Wake wake) {
    if (idle()) {
      wake.receive[port] = missing();
    } else {
      wake.transmit[port] = 1;
    }
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
    return Dsp.load32(in, end) == crc.update(0, in, Frame.KIND, end - Frame.KIND);
  }

  private void dropToSync() {
    int from = 1;
    while (from < filled && in[from] != Frame.SYNC) {
      from++;
    }
    drop(from);
  }

  private void drop(int count) {
    filled -= count;
    for (int i = 0; i < filled; i++) {
      in[i] = in[count + i];
    }
  }
}
