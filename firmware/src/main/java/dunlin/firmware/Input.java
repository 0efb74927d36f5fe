package dunlin.firmware;

import dunlin.kernels.Copy;
import dunlin.kernels.Dsp;

/**
 * What the host asks about where a request has no room for it: features of a sound, say. It comes
 * to the root ahead of the request, in {@link Frame#INPUT}s in order; the first of them starts
 * anew.
 *
 * <p>Text is int32 [S] tokens, then int32 [S] types of these, S the most rows of a pass. A pass of
 * fewer rows is about the first ones; the others may be anything.
 */
final class Input {
  private final Memory memory;
  private final int bytes;

  /** Bytes that have come. */
  private int here;

  Input(Memory memory) {
    this.memory = memory;
    bytes = header(ImageHeader.INPUT_BYTES);
  }

  /** Takes a piece; returns a {@link Fault} code, its detail is {@link #here}. */
  int take(byte[] frame) {
    int at = Dsp.loadU16(frame, Frame.POSITION) << 2;
    int length = Dsp.loadU16(frame, Frame.LENGTH);
    here = at == 0 ? 0 : here;
    if (at != here || length > bytes - here) {
      return Fault.INPUT;
    }
    int buffer = header(ImageHeader.INPUT);
    int to = Memory.offset(buffer) + at;
    Copy.bytes(frame, Frame.PAYLOAD, memory.array(buffer), to, length);
    here = at + length;
    return Fault.NONE;
  }

  /** Frames that are still to come before the answer to a request, and the request. */
  int frames() {
    return (bytes - here + Frame.MAX_PAYLOAD - 1) / Frame.MAX_PAYLOAD + 1;
  }

  /** Bytes that have come. */
  int here() {
    return here;
  }

  /** Whether nothing is missing. */
  boolean complete() {
    return here == bytes;
  }

  /** Whether it is text, and comes to this node. */
  boolean isText() {
    return bytes != 0 && header(ImageHeader.TYPES) != 0;
  }

  /** The token of a row, of text. */
  int token(int row) {
    return word(row);
  }

  /** The type of that token. */
  int type(int row) {
    return word(header(ImageHeader.MAX_ROWS) + row);
  }

  private int word(int index) {
    int buffer = header(ImageHeader.INPUT);
    return Dsp.load32(memory.array(buffer), Memory.offset(buffer) + (index << 2));
  }

  private int header(int field) {
    return Dsp.load32(memory.image(), field);
  }

  /** Back to nothing. */
  void clear() {
    here = 0;
  }
}
