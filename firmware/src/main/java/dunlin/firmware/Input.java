package dunlin.firmware;

import dunlin.kernels.Copy;
import dunlin.kernels.Dsp;

/**
 * What the host asks about where that is more than tokens: features of a sound, say. It comes to
 * the root ahead of the request, in {@link Frame#INPUT}s in order; the first of them starts anew.
 */
final class Input {
  private final Memory memory;
  private final int bytes;

  /** Bytes that have come. */
  private int here;

  Input(Memory memory) {
    this.memory = memory;
    bytes = Dsp.load32(memory.image(), ImageHeader.INPUT_BYTES);
  }

  /** Takes a piece; returns a {@link Fault} code, its detail is {@link #here}. */
  int take(byte[] frame) {
    int at = Dsp.loadU16(frame, Frame.POSITION) << 2;
    int length = Dsp.loadU16(frame, Frame.LENGTH);
    here = at == 0 ? 0 : here;
    if (at != here || length > bytes - here) {
      return Fault.INPUT;
    }
    int buffer = Dsp.load32(memory.image(), ImageHeader.INPUT);
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

  /** Back to nothing. */
  void clear() {
    here = 0;
  }
}
