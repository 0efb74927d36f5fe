package dunlin.firmware;

import dunlin.hal.Board;
import dunlin.kernels.Dsp;

/** Says what a node is and holds: a {@link Hello}. */
final class Identity {
  private Identity() {}

  /**
   * Writes the payload of a HELLO.
   *
   * @param fault {@link Fault} code of the image; the words about it are 0 unless it is good
   */
  static void write(byte[] out, byte[] image, int fault, int detail, Board board) {
    int at = Frame.PAYLOAD;
    for (int i = 0; i < Hello.BYTES; i += 4) {
      Dsp.store32(out, at + i, 0);
    }
    Dsp.store32(out, at + Hello.PROTOCOL, Hello.PROTOCOL_VERSION);
    Dsp.store32(out, at + Hello.FIRMWARE, Hello.FIRMWARE_VERSION);
    Dsp.store32(out, at + Hello.FAULT, fault);
    Dsp.store32(out, at + Hello.DETAIL, detail);
    for (int i = 0; i < 3; i++) {
      Dsp.store32(out, at + Hello.UID + (i << 2), board.uid(i));
    }
    if (fault == Fault.NONE) {
      copy(out, at + Hello.RANK, image, ImageHeader.RANK);
      for (int i = 0; i < 16; i += 4) {
        copy(out, at + Hello.MODEL_HASH + i, image, ImageHeader.MODEL_HASH + i);
      }
      copy(out, at + Hello.IMAGE_CRC, image, ImageHeader.BODY_CRC);
      copy(out, at + Hello.MAX_ROWS, image, ImageHeader.MAX_ROWS);
      copy(out, at + Hello.CONTEXT, image, ImageHeader.CONTEXT);
      copy(out, at + Hello.VOCABULARY, image, ImageHeader.VOCABULARY);
    }
  }

  private static void copy(byte[] out, int to, byte[] image, int from) {
    Dsp.store32(out, to, Dsp.load32(image, from));
  }
}
