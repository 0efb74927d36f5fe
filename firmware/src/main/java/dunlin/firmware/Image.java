package dunlin.firmware;

import dunlin.hal.Board;
import dunlin.kernels.Dsp;

/** Takes an image into use: nothing in it is believed before its CRCs match. */
final class Image {
  private final Crc32 crc;
  private final byte[] bytes;
  private int detail;

  Image(byte[] flash, Crc32 crc) {
    this.bytes = flash;
    this.crc = crc;
  }

  /** What {@link #verify} or {@link #reserve} found wrong: the {@link Fault}'s detail. */
  int detail() {
    return detail;
  }

  /** Checks format, header and body; returns a {@link Fault} code. */
  int verify() {
    if (bytes.length < ImageHeader.BYTES || word(ImageHeader.MAGIC) != ImageHeader.MAGIC_VALUE) {
      detail = bytes.length < ImageHeader.BYTES ? bytes.length : word(ImageHeader.MAGIC);
      return Fault.NO_IMAGE;
    }
    if (Dsp.loadU16(bytes, ImageHeader.FORMAT) != ImageHeader.FORMAT_VERSION) {
      detail = Dsp.loadU16(bytes, ImageHeader.FORMAT);
      return Fault.IMAGE_FORMAT;
    }
    if (headerCrc() != word(ImageHeader.HEADER_CRC)) {
      detail = ImageHeader.HEADER_CRC;
      return Fault.IMAGE_HEADER;
    }
    int size = word(ImageHeader.IMAGE_BYTES);
    if (size < ImageHeader.BYTES || size > bytes.length) {
      detail = ImageHeader.IMAGE_BYTES;
      return Fault.IMAGE_HEADER;
    }
    int program = word(ImageHeader.PROGRAM);
    int programBytes = word(ImageHeader.PROGRAM_BYTES);
    if (program < ImageHeader.BYTES || programBytes < 0 || programBytes > size - program) {
      detail = ImageHeader.PROGRAM;
      return Fault.IMAGE_HEADER;
    }
    int rows = word(ImageHeader.MAX_ROWS);
    if (rows < 1 || rows > Request.MAX_ROWS) {
      detail = ImageHeader.MAX_ROWS;
      return Fault.IMAGE_HEADER;
    }
    int body = crc.update(0, bytes, ImageHeader.BYTES, size - ImageHeader.BYTES);
    detail = body;
    return body == word(ImageHeader.BODY_CRC) ? Fault.NONE : Fault.IMAGE_BODY;
  }

  private int headerCrc() {
    int before = crc.update(0, bytes, 0, ImageHeader.HEADER_CRC);
    int after = ImageHeader.HEADER_CRC + 4;
    return crc.update(before, bytes, after, ImageHeader.BYTES - after);
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
