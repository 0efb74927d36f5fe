package dunlin.host.fuzz;

import dunlin.firmware.Crc32;
import dunlin.firmware.Frame;
import dunlin.firmware.Hello;
import dunlin.firmware.Link;
import dunlin.hal.Port;
import dunlin.kernels.Dsp;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Who is at the other end of a link and means harm: it keeps to the link's rules, so that every
 * frame is taken, and says whatever a fuzzer's input wants in them. The input is records:
 *
 * <pre>
 *  0 kind, uint8           1 payload length, uint8
 *  2 op index, uint16      4 position, uint16
 *  6 payload; zeros from the input's end on
 * </pre>
 */
final class HostileNeighbour {
  private static final int HEAD = 6;

  private final Link link;
  private final ByteBuffer input;
  private boolean answered;

  /** At {@code port}; sides may share an input. */
  HostileNeighbour(Port port, ByteBuffer input) {
    link = new Link(port, 0, new Crc32());
    this.input = input;
  }

  /** An input, to be read from its beginning. */
  static ByteBuffer input(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A record. */
  static byte[] frame(int kind, int opIndex, int position, byte... payload) {
    return ByteBuffer.allocate(HEAD + payload.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) kind)
        .put((byte) payload.length)
        .putShort((short) opIndex)
        .putShort((short) position)
        .put(payload)
        .array();
  }

  /** The records that say what the frames in {@code wire} say: good ones, to set out from. */
  static byte[] frames(byte[] wire) {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int at = 0; at + Frame.PAYLOAD <= wire.length; ) {
      if (wire[at] != Frame.SYNC) {
        at++;
        continue;
      }
      int length = Dsp.loadU16(wire, at + Frame.LENGTH);
      frames.write(wire[at + Frame.KIND]);
      frames.write(length);
      frames.write(wire, at + Frame.OP_INDEX, 4);
      frames.write(wire, at + Frame.PAYLOAD, length);
      at += Frame.PAYLOAD + length + Frame.CRC_BYTES;
    }
    return frames.toByteArray();
  }

  /** Greets, as a host does. */
  void greet(int epoch) {
    answered = false;
    link.restart(epoch);
    link.send(Frame.HELLO, 0, 0, 0);
  }

  /** Whether an answer to that has come. */
  boolean answered() {
    return answered;
  }

  /** Answers a greeting, as a node does: before that, nothing is passed on to it. */
  void introduce() {
    link.send(Frame.HELLO, Hello.BYTES, 0, 0);
  }

  /** Takes all that has come, and starts anew when it is greeted. */
  void listen() {
    link.expect(Frame.WINDOW);
    while (link.receive()) {
      byte[] in = link.incoming();
      if (in[Frame.KIND] == Frame.HELLO && Dsp.loadU16(in, Frame.LENGTH) == 0) {
        link.accept();
      } else if (link.foreign()) {
        link.skip();
      } else {
        answered |= in[Frame.KIND] == Frame.HELLO;
        link.release();
      }
      link.expect(Frame.WINDOW);
    }
    link.transmit();
  }

  /** Whether there is more to say, and a frame can be sent. */
  boolean ready() {
    return input.remaining() >= HEAD && link.ready();
  }

  /**
   * Sends the next frame.
   *
   * @param opIndex in place of the largest that a record can have
   * @param position likewise
   */
  void send(int opIndex, int position) {
    int kind = input.get();
    int length = input.get() & 0xff;
    int itsOp = input.getShort() & 0xffff;
    int itsPosition = input.getShort() & 0xffff;
    byte[] out = link.outgoing();
    for (int i = 0; i < length; i++) {
      out[Frame.PAYLOAD + i] = input.hasRemaining() ? input.get() : 0;
    }
    link.send(
        kind & Frame.MAX_KIND,
        length,
        itsOp == 0xffff ? opIndex : itsOp,
        itsPosition == 0xffff ? position : itsPosition);
  }
}
