package dunlin.firmware;

import dunlin.hal.Board;
import dunlin.hal.Flash;
import dunlin.kernels.Dsp;
import dunlin.kernels.WeightLayout;

/** Takes an image into use: nothing in it is believed before its CRCs match. */
final class Image {
  /** A request has 16 bits for them. */
  private static final int MOST_ROWS = 0xffff;

  private final Crc32 crc;
  private final byte[] bytes;
  private final int room;
  private int detail;

  Image(Flash flash, Crc32 crc) {
    bytes = flash.bytes();
    room = flash.size();
    this.crc = crc;
  }

  /** What {@link #verify} or {@link #reserve} found wrong: the {@link Fault}'s detail. */
  int detail() {
    return detail;
  }

  /**
   * Checks format, header, board, body, weights' layout and program; returns a {@link Fault} code.
   *
   * @param board the type of board that this is
   */
  int verify(int board) {
    if (room < ImageHeader.BYTES || word(ImageHeader.MAGIC) != ImageHeader.MAGIC_VALUE) {
      detail = room < ImageHeader.BYTES ? room : word(ImageHeader.MAGIC);
      return Fault.NO_IMAGE;
    }
    if (Dsp.loadU16(bytes, ImageHeader.FORMAT) != ImageHeader.FORMAT_VERSION) {
      detail = Dsp.loadU16(bytes, ImageHeader.FORMAT);
      return Fault.IMAGE_FORMAT;
    }
    detail = ImageHeader.HEADER_CRC;
    if (ImageHeader.headerCrc(bytes, crc) == word(ImageHeader.HEADER_CRC)) {
      detail = contradiction();
    }
    if (detail != 0) {
      return Fault.IMAGE_HEADER;
    }
    if (Dsp.loadU16(bytes, ImageHeader.BOARD) != board) {
      detail = Dsp.loadU16(bytes, ImageHeader.BOARD);
      return Fault.OTHER_BOARD;
    }
    int size = word(ImageHeader.IMAGE_BYTES) - ImageHeader.BYTES;
    detail = crc.update(0, bytes, ImageHeader.BYTES, size);
    if (detail != word(ImageHeader.BODY_CRC)) {
      return Fault.IMAGE_BODY;
    }
    detail = Dsp.loadU16(bytes, ImageHeader.LAYOUT);
    return WeightLayout.readable(detail) ? program() : Fault.WEIGHT_LAYOUT;
  }

  /** The word of the header that cannot be, as an offset; 0 where each can. */
  private int contradiction() {
    int size = word(ImageHeader.IMAGE_BYTES);
    if (size < ImageHeader.BYTES || size > room) {
      return ImageHeader.IMAGE_BYTES;
    }
    int program = word(ImageHeader.PROGRAM);
    int programBytes = word(ImageHeader.PROGRAM_BYTES);
    if (program < ImageHeader.BYTES || programBytes < 0 || programBytes > size - program) {
      return ImageHeader.PROGRAM;
    }
    int rows = word(ImageHeader.MAX_ROWS);
    boolean asked = ImageHeader.requestsHaveTokens(bytes);
    if (rows < 1 || rows > (asked ? Request.MAX_ROWS : MOST_ROWS)) {
      return ImageHeader.MAX_ROWS;
    }
    boolean tokens = word(ImageHeader.TOKENS) != Op.NO_BUFFER;
    if (tokens && !inRam(word(ImageHeader.TOKENS), rows << 2)) {
      return ImageHeader.TOKENS;
    }
    int input = word(ImageHeader.INPUT_BYTES);
    if (input != 0 && (input < 0 || !inRam(word(ImageHeader.INPUT), input))) {
      return ImageHeader.INPUT;
    }
    int types = word(ImageHeader.TYPES);
    boolean takesInput = Dsp.loadU16(bytes, ImageHeader.RANK) == 0;
    if (types < 0 || types > 0 && takesInput && input != rows << 3) {
      return ImageHeader.TYPES;
    }
    if (!inRam(word(ImageHeader.RESULT), Result.BYTES)) {
      return ImageHeader.RESULT;
    }
    int links = 0;
    for (int wired = ImageHeader.wired(bytes); wired != 0; wired &= wired - 1) {
      links++;
    }
    boolean outboxes = inRam(word(ImageHeader.OUTBOXES), links * Outbox.bytes(Frame.WINDOW));
    return outboxes ? 0 : ImageHeader.OUTBOXES;
  }

  private boolean inRam(int buffer, int count) {
    int ram = Memory.region(buffer) - 1;
    return ram >= 0
        && ram < ImageHeader.RAM_REGIONS
        && Memory.offset(buffer) <= word(ImageHeader.RAM_BYTES + (ram << 2)) - count;
  }

  /** Walks the records: what a pass meets has been met here. */
  private int program() {
    int at = word(ImageHeader.PROGRAM);
    int end = at + word(ImageHeader.PROGRAM_BYTES);
    detail = 0;
    while (at < end) {
      int head = end - at < 4 ? 0 : word(at);
      int code = head & 0xff;
      int size = head >>> 8;
      if (code < 1 || code > Op.LAST_CODE || size < 4 || size > end - at) {
        return Fault.UNKNOWN_OP;
      }
      at += size;
      detail++;
    }
    return Fault.NONE;
  }

  /** Reserves the RAM that the image asks for; returns a {@link Fault} code. */
  int reserve(Board board, Memory memory) {
    for (int region = 0; region < ImageHeader.RAM_REGIONS; region++) {
      int size = word(ImageHeader.RAM_BYTES + (region << 2));
      if (size == 0) {
        continue;
      }
      byte[] ram = size > 0 && region < board.ramRegions() ? board.reserve(region, size) : null;
      if (ram == null) {
        detail = region;
        return Fault.RAM_TOO_SMALL;
      }
      memory.place(region, ram);
    }
    return Fault.NONE;
  }

  private int word(int at) {
    return Dsp.load32(bytes, at);
  }
}
