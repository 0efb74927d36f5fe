package dunlin.firmware;

import dunlin.kernels.Dsp;
import dunlin.kernels.Noise;
import dunlin.kernels.TopK;

/**
 * A small image by hand: five constant logits, and a program that picks the best of them. Its parts
 * lie at known offsets, so that a test can spoil one and {@link #seal} it again.
 */
final class TestImage {
  static final int MAX_ROWS = 4;
  static final int CONTEXT = 6;
  static final int VOCABULARY = 5;
  static final int MAX_TOP_K = 3;
  private static final int SCRATCH = 4 * MAX_ROWS + Result.BYTES;
  private static final int OUTBOXES = SCRATCH + Noise.scratchBytes() + TopK.scratchBytes(MAX_TOP_K);
  static final int RAM_BYTES = OUTBOXES + Outbox.bytes(Frame.WINDOW);
  static final int BEST = 3;

  /** A tap of the image itself: more than two frames. */
  static final int TAP_BYTES = 500;

  static final int INPUT_BYTES = 24;

  /** Of a token, in {@link #withText}. */
  static final int TYPES = 2;

  private static final int LOGITS = ImageHeader.BYTES;
  private static final int PROGRAM = LOGITS + 4 * VOCABULARY;
  private static final int[] SELECT = {
    Op.Select.CODE | Op.Select.BYTES << 8,
    Memory.buffer(0, LOGITS),
    Memory.buffer(1, SCRATCH),
    Op.NO_BUFFER,
    Op.LAST,
    0,
    VOCABULARY
  };
  private static final int[] DRAW = {
    Op.Draw.CODE | Op.Draw.BYTES << 8, Memory.buffer(1, SCRATCH), Op.NO_BUFFER
  };
  private static final int[] SEND_LOGITS = {
    Op.SendLogits.CODE | Op.SendLogits.BYTES << 8,
    Memory.buffer(0, LOGITS),
    Op.LAST,
    0,
    VOCABULARY,
    VOCABULARY,
    0,
    Op.NO_BUFFER
  };
  private static final int[] TAP = {
    Op.Tap.CODE | Op.Tap.BYTES << 8, Memory.buffer(0, 0), Op.LAST, TAP_BYTES, 0
  };
  private static final int[] END_PREFILL = {Op.EndPrefill.CODE | Op.EndPrefill.BYTES << 8};

  private TestImage() {}

  /** END_PREFILL, SEND_LOGITS, SELECT, DRAW. */
  static byte[] plain() {
    return withProgram(END_PREFILL, SEND_LOGITS, SELECT, DRAW);
  }

  /** TAP, END_PREFILL, SEND_LOGITS, SELECT, DRAW. */
  static byte[] tapping() {
    return withProgram(TAP, END_PREFILL, SEND_LOGITS, SELECT, DRAW);
  }

  /** Of a model that takes {@link #INPUT_BYTES} of input, which it shows before it picks. */
  static byte[] withInput() {
    int input = Memory.buffer(1, RAM_BYTES);
    int[] tap = {Op.Tap.CODE | Op.Tap.BYTES << 8, input, Op.LAST, INPUT_BYTES, 0};
    byte[] image = withProgram(tap, END_PREFILL, SEND_LOGITS, SELECT, DRAW);
    Dsp.store32(image, ImageHeader.TOKENS, Op.NO_BUFFER);
    Dsp.store32(image, ImageHeader.INPUT, input);
    Dsp.store32(image, ImageHeader.INPUT_BYTES, INPUT_BYTES);
    Dsp.store32(image, ImageHeader.RAM_BYTES, RAM_BYTES + INPUT_BYTES);
    return seal(image);
  }

  /** The root's of a model that takes text. */
  static byte[] withText() {
    byte[] image = plain();
    int bytes = 8 * MAX_ROWS;
    Dsp.store32(image, ImageHeader.INPUT, Memory.buffer(1, RAM_BYTES));
    Dsp.store32(image, ImageHeader.INPUT_BYTES, bytes);
    Dsp.store32(image, ImageHeader.TOKENS, Memory.buffer(1, RAM_BYTES));
    Dsp.store32(image, ImageHeader.TYPES, TYPES);
    Dsp.store32(image, ImageHeader.RAM_BYTES, RAM_BYTES + bytes);
    return seal(image);
  }

  /** An image with these records, a word each. */
  static byte[] withProgram(int[]... records) {
    byte[] image = new byte[700];
    int at = PROGRAM;
    for (int[] record : records) {
      for (int word : record) {
        Dsp.store32(image, at, word);
        at += 4;
      }
    }
    for (int token = 0; token < VOCABULARY; token++) {
      Dsp.store32(image, LOGITS + 4 * token, token == BEST ? 7 : token);
    }
    Dsp.store32(image, ImageHeader.MAGIC, ImageHeader.MAGIC_VALUE);
    Dsp.store16(image, ImageHeader.FORMAT, ImageHeader.FORMAT_VERSION);
    Dsp.store32(image, ImageHeader.IMAGE_BYTES, image.length);
    Dsp.store16(image, ImageHeader.NODES, 1);
    Dsp.store32(image, ImageHeader.MODEL_HASH, 0x12345678);
    Dsp.store32(image, ImageHeader.PROGRAM, PROGRAM);
    Dsp.store32(image, ImageHeader.PROGRAM_BYTES, at - PROGRAM);
    Dsp.store32(image, ImageHeader.MAX_ROWS, MAX_ROWS);
    Dsp.store32(image, ImageHeader.CONTEXT, CONTEXT);
    Dsp.store32(image, ImageHeader.VOCABULARY, VOCABULARY);
    Dsp.store16(image, ImageHeader.MAX_TOP_K, MAX_TOP_K);
    Dsp.store32(image, ImageHeader.PATIENCE, 2_000);
    Dsp.store32(image, ImageHeader.RAM_BYTES, RAM_BYTES);
    Dsp.store32(image, ImageHeader.OUTBOXES, Memory.buffer(1, OUTBOXES));
    Dsp.store32(image, ImageHeader.TOKENS, Memory.buffer(1, 0));
    Dsp.store32(image, ImageHeader.INPUT, Op.NO_BUFFER);
    Dsp.store32(image, ImageHeader.RESULT, Memory.buffer(1, 4 * MAX_ROWS));
    return seal(image);
  }

  /** The image with one word of its header replaced, and CRCs that match. */
  static byte[] with(int field, int word) {
    byte[] image = plain();
    Dsp.store32(image, field, word);
    return seal(image);
  }

  /** Makes the CRCs match what is there. */
  static byte[] seal(byte[] image) {
    Crc32 crc = new Crc32();
    int body = crc.update(0, image, ImageHeader.BYTES, image.length - ImageHeader.BYTES);
    Dsp.store32(image, ImageHeader.BODY_CRC, body);
    Dsp.store32(image, ImageHeader.HEADER_CRC, ImageHeader.headerCrc(image, crc));
    return image;
  }
}
